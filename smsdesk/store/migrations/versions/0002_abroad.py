"""Whether an account may send abroad: none of those that there are may."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """To revision 0002."""
    op.add_column("accounts", sa.Column("abroad", sa.Boolean(), server_default="0", nullable=False))
