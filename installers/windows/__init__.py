"""A Windows bundle, its installer and their tests, made on Linux; ``docs/windows-build.md`` tells how and why."""
