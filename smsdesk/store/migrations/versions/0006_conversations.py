"""Replies by number, as an inbox shows them; labels; campaigns that are an answer to one person."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_LABELS = ('["意向客户", "Interested"]', '["投诉", "Complaint"]', '["已处理", "Done"]')
"""What a new inbox has, in both languages: Words.to_json."""


def upgrade() -> None:
    """To revision 0006."""
    op.add_column("campaigns", sa.Column("is_answer", sa.Boolean(), server_default="0", nullable=False))
    labels = op.create_table(
        "labels",
        sa.Column("id", _ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_labels"),
        sa.UniqueConstraint("name", name="uq_labels_name"),
    )
    op.bulk_insert(labels, [{"name": name} for name in _LABELS])
    op.create_table(
        "conversations",
        sa.Column("mobile", sa.Text(), nullable=False),
        sa.Column("last_at", sa.BigInteger(), nullable=False),
        sa.Column("last_id", _ID, nullable=False),
        sa.Column("unread", sa.Integer(), nullable=False),
        sa.Column("opted_out", sa.Boolean(), nullable=False),
        sa.Column("label_id", _ID, nullable=True),
        sa.ForeignKeyConstraint(["label_id"], ["labels.id"], name="fk_conversations_label_id"),
        sa.PrimaryKeyConstraint("mobile", name="pk_conversations"),
    )
    _fill()
    op.create_index("ix_conversations_last", "conversations", ["last_at", "last_id"])
    for name, columns, where in (
        ("unread", ["last_at", "last_id"], "unread > 0"),
        ("opted_out", ["last_at", "last_id"], "opted_out IS true"),
        ("label", ["label_id", "last_at", "last_id"], "label_id IS NOT NULL"),
    ):
        only = sa.text(where if op.get_bind().dialect.name == "postgresql" else where.replace("true", "1"))
        op.create_index(f"ix_conversations_{name}", "conversations", columns, sqlite_where=only, postgresql_where=only)


def _fill() -> None:
    """A row for each number that has replied."""
    op.execute(
        "INSERT INTO conversations (mobile, last_at, last_id, unread, opted_out)"
        " SELECT mobile, received_at, id, unread, opted_out = 1 FROM ("
        "  SELECT mobile, received_at, id,"
        "   ROW_NUMBER() OVER (PARTITION BY mobile ORDER BY received_at DESC, id DESC) AS place,"
        "   SUM(CASE WHEN read_at IS NULL THEN 1 ELSE 0 END) OVER (PARTITION BY mobile) AS unread,"
        "   MAX(CASE WHEN opt_out THEN 1 ELSE 0 END) OVER (PARTITION BY mobile) AS opted_out"
        "  FROM replies) AS each_reply WHERE place = 1"
    )
