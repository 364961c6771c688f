"""The blocklist remembers who was on it; editable opt-out words; people and their groups."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_WORDS = ("T", "TD", "N", "R", "Q", "TUIDING", "退订", "退", "0000", "00000", "拒收", "取消订阅", "不要再发")
"""What version 0003 took for an opt-out."""


def upgrade() -> None:
    """To revision 0004."""
    _blocklist()
    words = op.create_table(
        "opt_out_words",
        sa.Column("word", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("word", name="pk_opt_out_words"),
    )
    op.bulk_insert(words, [{"word": word} for word in _WORDS])
    op.create_table(
        "people",
        sa.Column("id", _ID, nullable=False),
        sa.Column("mobile", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("tags", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_people"),
        sa.UniqueConstraint("mobile", name="uq_people_mobile"),
    )
    op.create_table(
        "people_groups",
        sa.Column("id", _ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_people_groups"),
        sa.UniqueConstraint("name", name="uq_people_groups_name"),
    )
    op.create_table(
        "members",
        sa.Column("group_id", _ID, nullable=False),
        sa.Column("person_id", _ID, nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["people_groups.id"], name="fk_members_group_id"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_members_person_id"),
        sa.PrimaryKeyConstraint("group_id", "person_id", name="pk_members"),
    )
    op.create_index("ix_members_person_id", "members", ["person_id"])


def _blocklist() -> None:
    """Made anew, since neither database can change a primary key in place."""
    op.execute("CREATE TABLE blocklist_before AS SELECT * FROM blocklist")
    op.drop_table("blocklist")
    op.create_table(
        "blocklist",
        sa.Column("id", _ID, nullable=False),
        sa.Column("mobile", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("added_by", sa.Text(), nullable=False),
        sa.Column("reply_id", _ID, nullable=True),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.Column("removed_at", sa.BigInteger(), nullable=True),
        sa.Column("removed_by", sa.Text(), nullable=False),
        sa.Column("removed_why", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["reply_id"], ["replies.id"], name="fk_blocklist_reply_id"),
        sa.PrimaryKeyConstraint("id", name="pk_blocklist"),
    )
    op.execute(
        "INSERT INTO blocklist (mobile, reason, reply_id, added_at, added_by, removed_by, removed_why)"
        " SELECT mobile, reason, reply_id, added_at, '', '', '' FROM blocklist_before ORDER BY added_at, mobile"
    )
    op.execute("DROP TABLE blocklist_before")
    blocked = sa.text("removed_at IS NULL")
    op.create_index(
        "uq_blocklist_mobile", "blocklist", ["mobile"], unique=True, sqlite_where=blocked, postgresql_where=blocked
    )
    op.create_index("ix_blocklist_mobile", "blocklist", ["mobile"])
    op.create_index("ix_blocklist_now", "blocklist", ["id"], sqlite_where=blocked, postgresql_where=blocked)
