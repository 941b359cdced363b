"""The encrypted database: engine, units of work, change log, undo, backup, migrations.

One local SQLite file through SQLAlchemy and sqlcipher3. Every write is a named operation (``Database.write``)
that records each changed field in a change log chained by hash; audit, undo, refresh of views and the merge
base of the exchange are read from that one table. Imports ``core`` only.
"""
