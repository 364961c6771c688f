"""Answers that could not be read are shown and set aside; campaigns on their way are found without a look at all."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """To revision 0009."""
    op.add_column("raw_answers", sa.Column("tries", sa.SmallInteger(), server_default="0", nullable=False))
    op.add_column("raw_answers", sa.Column("set_aside_at", sa.BigInteger()))
    unread = sa.text("problem IS NOT NULL AND set_aside_at IS NULL")
    op.create_index("ix_raw_answers_unread", "raw_answers", ["id"], sqlite_where=unread, postgresql_where=unread)
    sending = sa.text("state = 'sending'")
    op.create_index("ix_campaigns_sending", "campaigns", ["account_id"], sqlite_where=sending, postgresql_where=sending)
