"""The services on PostgreSQL 15 beside SQLite: the same work, the same answers (``storage/dialect.py``)."""
