"""Whether an account counts GSM 03.38 text in septets: none of those that there are does. Readings by their time."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """To revision 0005."""
    op.add_column("accounts", sa.Column("gsm7", sa.Boolean(), server_default="0", nullable=False))
    op.create_index("ix_balance_readings_asked_at", "balance_readings", ["account_id", "asked_at"])
