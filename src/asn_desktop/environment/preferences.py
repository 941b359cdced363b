"""What this PC's window remembers between two starts: sizes, widths, the last user. Nothing about employees."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from asn_desktop.core import side_files
from asn_desktop.core.files import write_whole

log = logging.getLogger(__name__)


class Preferences:
    """A small JSON object in one file. A missing or unreadable file means: nothing remembered.

    Losing it loses nothing that matters, so a failed write is logged and never stops the work.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._values = _load(path)

    def get(self, key: str, default: Any = None) -> Any:
        return self._values.get(key, default)

    def text(self, key: str, default: str = "") -> str:
        found = self._values.get(key)
        return found if isinstance(found, str) else default

    def flag(self, key: str) -> bool:
        return self._values.get(key) is True

    def read(self, key: str) -> Mapping[str, Any]:
        """An object remembered under ``key`` (widths of a table); empty when there is none."""
        found = self._values.get(key)
        return found if isinstance(found, dict) else {}

    def write(self, key: str, value: Mapping[str, Any]) -> None:
        self.set(**{key: dict(value)})

    def set(self, **values: Any) -> None:
        """Remember some values (JSON types); ``None`` forgets one. Written at once, as a whole or not at all."""
        changed = {**self._values, **values}
        changed = {key: value for key, value in changed.items() if value is not None}
        if changed == self._values:
            return
        self._values = changed
        try:
            write_whole(self._path, json.dumps(changed, indent=1, ensure_ascii=False).encode("utf-8"))
        except OSError as error:
            log.warning("preferences not written: %s", error)


def _load(path: Path) -> dict[str, Any]:
    try:
        return side_files.read_object(path)
    except (OSError, ValueError):
        return {}
