"""When the old messages of a campaign were anonymised or deleted."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """To revision 0010."""
    op.add_column("campaigns", sa.Column("cleared_at", sa.BigInteger(), nullable=True))
