"""What is looked for: the rejected and the failed ones among all messages, the replies to a campaign."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """To revision 0008."""
    for name, where in (("ix_messages_rejected", "state = 3"), ("ix_messages_failed", "delivery = 3")):
        op.create_index(
            name, "messages", ["campaign_id", "id"], sqlite_where=sa.text(where), postgresql_where=sa.text(where)
        )
    op.create_index("ix_replies_campaign_id", "replies", ["campaign_id"])
