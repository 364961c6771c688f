"""Limits of the balance, when a reading was first made and what had changed, the gateway's own figures a day."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """To revision 0007."""
    op.add_column("accounts", sa.Column("warn_below_li", sa.BigInteger()))
    op.add_column("accounts", sa.Column("pause_below", sa.Boolean(), server_default="0", nullable=False))
    op.add_column("accounts", sa.Column("statis_at", sa.BigInteger()))
    op.add_column("accounts", sa.Column("statis_problem", sa.Text()))
    _readings()
    op.create_table(
        "gateway_days",
        sa.Column("account_id", _ID, sa.ForeignKey("accounts.id", name="fk_gateway_days_account_id_accounts")),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("success", sa.BigInteger(), nullable=False),
        sa.Column("unknown", sa.BigInteger(), nullable=False),
        sa.Column("fail", sa.BigInteger(), nullable=False),
        sa.Column("success_percent", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("account_id", "day", name="pk_gateway_days"),
    )


def _readings() -> None:
    """Those that there are were first made, as far as is known, when they were last made."""
    for name in ("since", "change_li"):
        op.add_column("balance_readings", sa.Column(name, sa.BigInteger(), server_default="0", nullable=False))
    op.execute(
        "UPDATE balance_readings SET since = asked_at, change_li = COALESCE(balance_li - (SELECT earlier.balance_li"
        " FROM balance_readings AS earlier WHERE earlier.account_id = balance_readings.account_id"
        " AND earlier.id < balance_readings.id ORDER BY earlier.id DESC LIMIT 1), 0)"
    )
    op.create_index("ix_balance_readings_since", "balance_readings", ["account_id", "since", "id"])
    rise = sa.text("change_li > 0")
    op.create_index(
        "ix_balance_readings_rises",
        "balance_readings",
        ["account_id", "since", "change_li"],
        sqlite_where=rise,
        postgresql_where=rise,
    )
