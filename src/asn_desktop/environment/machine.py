"""What this PC remembers about the databases it has opened, outside of them.

A database cannot know that it was copied or put back from a backup: its own notes are copied or put back with it.
So each PC notes for each replica in which folder it lives and how far its log had come. ``ASN_MACHINE_DIR`` points
elsewhere (tests, several offices on one machine).
"""

from __future__ import annotations

import json
import logging
import os
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import platformdirs

from asn_desktop.core import side_files
from asn_desktop.core.files import write_whole
from asn_desktop.core.outputs import HomeName

log = logging.getLogger(__name__)


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
    return _read(machine_folder()).get(replica) or _read(home).get(replica)


def seen_in(home: Path) -> set[str]:
    """The replicas that this PC has seen in a folder."""
    notes = {**_read(home), **_read(machine_folder())}
    return {replica for replica, sighting in notes.items() if same_folder(sighting.home, str(home))}


def note(replica: str, sighting: Sighting) -> None:
    """Keep a sighting. Where this PC allows no notes they stay in the home: a copied folder is still told by its
    place, only a copy at the same place on another PC is not. With no room for them anywhere the database is taken for
    a copy the next time, which is safe; what was done to it is not undone for that."""
    try:
        _write(machine_folder(), replica, sighting)
    except OSError:
        try:
            _write(Path(sighting.home), replica, sighting)
        except OSError as error:
            log.warning("sighting not noted: %s", error)


def _write(folder: Path, replica: str, sighting: Sighting) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    notes = _read(folder) | {replica: sighting}
    content = {name: asdict(found) for name, found in notes.items()}
    write_whole(folder / HomeName.SIGHTINGS, json.dumps(content, indent=1).encode())


def same_folder(one: str, other: str) -> bool:
    return os.path.normcase(os.path.realpath(one)) == os.path.normcase(os.path.realpath(other))


def _read(folder: Path) -> dict[str, Sighting]:
    """What can be read of the notes; a damaged one is as good as none."""
    try:
        notes = side_files.read_object(folder / HomeName.SIGHTINGS)
    except (OSError, ValueError):
        return {}
    found = {}
    for replica, content in notes.items():
        with suppress(ValueError):
            found[replica] = _sighting(content)
    return found


def _sighting(content: Any) -> Sighting:
    if not isinstance(content, dict):
        raise ValueError("not an object")
    text = side_files.text
    return Sighting(text(content, "home", 32_768), side_files.number(content, "operation"), text(content, "hash", 64))
