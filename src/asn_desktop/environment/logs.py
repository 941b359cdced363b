"""A rotating log for those who help. Messages never hold personal data: codes, counts and file kinds only."""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

LOGGER = logging.getLogger("asn_desktop")


class _QuietHandler(RotatingFileHandler):
    """A full disk or a folder in its place costs the log and nothing else: no traceback at a clerk."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        pass


def start_log(folder: Path) -> Path:
    """Write to ``folder``/asn.log from now on (1 MB, three older files); returns its path."""
    path = folder / "asn.log"
    stop_log()
    handler = _QuietHandler(path, maxBytes=1_000_000, backupCount=3, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    LOGGER.addHandler(handler)
    LOGGER.setLevel(logging.INFO)
    LOGGER.propagate = False
    return path


def stop_log() -> None:
    """Close the file; messages go where Python sends them again."""
    LOGGER.propagate = True
    for handler in list(LOGGER.handlers):
        LOGGER.removeHandler(handler)
        handler.close()
