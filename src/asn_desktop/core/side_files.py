"""The small JSON files beside a database. Anything may have happened to them: they are read as from a stranger."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import Any, NoReturn

_LARGEST = 1 << 20
LARGEST_NUMBER = (1 << 63) - 1
"""What a database can hold."""


def read_object(path: Path) -> dict[str, Any]:
    """The JSON object in a small regular file. Raises ``OSError`` or ``ValueError``, never hangs, never grows."""
    if not stat.S_ISREG(path.stat().st_mode):  # a pipe would be waited for
        raise ValueError("not a regular file")
    with path.open("rb") as file:
        data = file.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        raise ValueError("too large")
    try:
        content = json.loads(data.decode("utf-8"), parse_constant=_no_constant)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    if not isinstance(content, dict):
        raise ValueError("not an object")
    return content


def text(content: dict[str, Any], key: str, longest: int = 4096) -> str:
    """A text without NUL. Raises ``ValueError``."""
    found = content.get(key)
    if not isinstance(found, str) or len(found) > longest or "\0" in found:
        raise ValueError(key)
    return found


def number(content: dict[str, Any], key: str, least: int = 0, most: int = LARGEST_NUMBER) -> int:
    """A whole number within bounds. Raises ``ValueError``."""
    found = content.get(key)
    if type(found) is not int or not least <= found <= most:
        raise ValueError(key)
    return found


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)
