"""The store: SQLAlchemy Core on SQLite or PostgreSQL.

Functions take a `Connection`; the caller owns the transaction.
"""
