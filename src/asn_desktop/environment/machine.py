"""What this PC remembers about the databases it has opened, outside of them.

A database cannot know that it was copied or put back from a backup: its own notes are copied or put back with it.
So each PC notes for each replica in which folder it lives and how far its log had come. ``ASN_MACHINE_DIR`` points
elsewhere (tests, several offices on one machine).
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import platformdirs

_FILE = "salinan.json"


@dataclass(frozen=True, slots=True)
class Sighting:
    """A replica as it was last seen here: its folder, number and hash of its last operation."""

    home: str
    operation: int
    hash: str


def machine_folder() -> Path:
    """Not inside the default office folder: whoever copies that one must not copy these notes."""
    chosen = os.environ.get("ASN_MACHINE_DIR")
    return Path(chosen) if chosen else platformdirs.user_data_path("ASN Desktop – komputer ini", appauthor=False)


def last_seen(replica: str, home: Path) -> Sighting | None:
    """None also when the notes cannot be read: an unknown database is taken for a copy, which is always safe."""
    found = _read(machine_folder()).get(replica) or _read(home).get(replica)
    try:
        return Sighting(**found) if found else None
    except TypeError:
        return None


def note(replica: str, sighting: Sighting) -> None:
    """Keep a sighting. Where this PC allows no notes they stay in the home: a copied folder is still told by its
    place, only a copy at the same place on another PC is not."""
    try:
        _write(machine_folder(), replica, sighting)
    except OSError:
        _write(Path(sighting.home), replica, sighting)


def _write(folder: Path, replica: str, sighting: Sighting) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    notes = _read(folder) | {replica: asdict(sighting)}
    temporary = folder / f"{_FILE}.{os.getpid()}.sementara"
    temporary.write_text(json.dumps(notes, indent=1), encoding="utf-8")
    os.replace(temporary, folder / _FILE)


def same_folder(one: str, other: str) -> bool:
    return os.path.normcase(os.path.realpath(one)) == os.path.normcase(os.path.realpath(other))


def _read(folder: Path) -> dict[str, dict[str, Any]]:
    try:
        notes = json.loads((folder / _FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return notes if isinstance(notes, dict) else {}
