"""Who may open the data, and as whom.

The database is encrypted with a random data key. The key file beside it holds that key wrapped once per user
(Argon2id of the passphrase) and once by a recovery code printed at set-up: a lost passphrase must not lose the
district's data. Imports core and storage.
"""
