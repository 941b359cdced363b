"""What a person asked to be written: whole or not at all, and never onto something that must stay.

Every file that leaves the office goes through :func:`output` or :func:`write_output`, so no command and no dialog
can forget the guard. A file is made in a private folder inside the office (removed at the next start if the program
is killed), and only the finished one is copied beside its target and takes its place: that works across disks too.
"""

from __future__ import annotations

import os
import secrets
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import StrEnum
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from asn_desktop.core.errors import FileNotWritten, OutputRefused
from asn_desktop.core.files import reachable, replace_file
from asn_desktop.core.i18n import _


class HomeName(StrEnum):
    """Everything the program itself keeps in an office's folder."""

    DATABASE = "asn.db"
    KEY = "kunci.json"
    ANCHOR = "jangkar.json"
    BACKUPS = "cadangan"
    LOGS = "log"
    SETTINGS = "tampilan.json"
    LOCK = "sedang-dipakai"
    RESTORED = "dipulihkan"
    SIGHTINGS = "salinan.json"
    WORK = "sementara"
    SET_UP = "penyiapan"


BACKUP_SUFFIX = ".cadangan"
KEY_SUFFIX = ".kunci.json"
"""A copy of the key file travels beside a backup under the backup's name and this."""
_SIGNS_OF_AN_OFFICE = (HomeName.DATABASE, HomeName.LOCK)
_OWN_PREFIXES = (HomeName.DATABASE.value, "asn-diganti-")
_OWN_SUFFIXES = (".sementara", ".pulih", BACKUP_SUFFIX, KEY_SUFFIX)
_DEVICES = frozenset(
    ("con", "prn", "aux", "nul", "conin$", "conout$", *(port + n for port in ("com", "lpt") for n in "0123456789¹²³"))
)
_DESTINATION = "tujuan.txt"
"""In a working folder: where the finished file is being copied to, to be cleaned up after a kill."""

_open_offices: list[Path] = []


def enter_office(home: Path) -> None:
    """From now on nothing lands on what is in ``home``, and files are made in its working folder."""
    _open_offices.append(home.resolve())
    sweep(home)


def leave_office(home: Path) -> None:
    with suppress(ValueError):
        _open_offices.remove(home.resolve())


@contextmanager
def output(target: Path, source: Path | None = None) -> Iterator[Path]:
    """The path of a file to make; only when the block ends well does it take the place of ``target``.

    ``source`` is a file that is being read and must stay too. Raises :class:`OutputRefused` before anything is
    written, :class:`FileNotWritten` when the disk or the folder refuses.
    """
    place = reachable(refuse_output(target, source))
    try:
        with _working_folder() as folder:
            made = folder / "berkas"
            yield made
            _publish(made, place, folder)
    except OSError as error:
        raise FileNotWritten.because(target.name, error) from error


def write_output(target: Path, data: bytes) -> None:
    """The same for a file that is in memory already."""
    with output(target) as made:
        made.write_bytes(data)


def refuse_output(target: Path, source: Path | None = None) -> Path:
    """Where ``target`` really is (behind links). Raises :class:`OutputRefused` when nothing may be written there."""
    name = target.name
    try:
        place = target.resolve()
        found = place.stat() if os.path.lexists(place) else None
    except (OSError, RuntimeError, ValueError) as error:  # a loop of links, a NUL in the name, no permission to look
        raise FileNotWritten(name or str(target), str(error)) from error
    if not name or (found is not None and stat.S_ISDIR(found.st_mode)):
        raise OutputRefused(
            _("{name} adalah folder, bukan berkas.").format(name=name or target),
            _("Tambahkan nama berkas di belakang nama folder."),
        )
    if (found is not None and not stat.S_ISREG(found.st_mode)) or _is_device(name) or _is_device(place.name):
        raise OutputRefused(_("{name} bukan nama untuk berkas biasa.").format(name=name), _("Pilih nama berkas lain."))
    if found is not None and source is not None and _same(found, source):
        raise OutputRefused(
            _("Berkas {name} sedang dibaca, jadi tidak ditimpa.").format(name=name), _("Pilih nama berkas lain.")
        )
    if any(_belongs_to(home, place, found) for home in _homes_around(place)):
        raise OutputRefused(
            _("{name} milik data kantor, jadi tidak ditimpa.").format(name=name),
            _("Pilih nama lain, atau folder di luar folder data kantor."),
        )
    if found is not None and _is_backup(place):
        raise OutputRefused(
            _("{name} adalah cadangan data, jadi tidak ditimpa.").format(name=name),
            _("Pilih nama lain, misalnya {name}").format(name=_free_name_beside(place)),
        )
    return place


def refuse_output_folder(folder: Path) -> Path:
    """The same for a folder into which files of fixed names go: never an office's own one, never inside it."""
    place = folder.resolve()
    for home in _homes_around(place / "berkas"):
        if place == home or place.is_relative_to(home):
            raise OutputRefused(
                _("Folder {name} milik data kantor.").format(name=folder.name or folder),
                _("Pilih folder di luar folder data kantor."),
            )
    if os.path.lexists(place) and not place.is_dir():
        raise OutputRefused(_("{name} bukan folder.").format(name=folder.name), _("Pilih folder lain."))
    return place


def sweep(home: Path) -> None:
    """Remove what a killed program left: its working folders, and half copies beside the targets they name.

    Only whoever holds the office's lock may call it.
    """
    for left in _entries(home / HomeName.WORK):
        if left.is_dir() and not left.is_symlink():
            _remove_half_copy(left)
            shutil.rmtree(left, ignore_errors=True)
        else:
            with suppress(OSError):
                left.unlink()
    if os.path.lexists(home / HomeName.KEY):  # an office is there, so what it was built in is empty
        shutil.rmtree(home / HomeName.SET_UP, ignore_errors=True)
    for folder in (home, home / HomeName.BACKUPS):
        for left in _entries(folder):
            if left.name.endswith((".sementara", ".pulih")) and not left.is_dir():
                with suppress(OSError):
                    left.unlink()


@contextmanager
def _working_folder() -> Iterator[Path]:
    """A private folder for one file: in the office that is open, else in the system's place for such things."""
    parent: Path | None = None
    if _open_offices:
        parent = _open_offices[-1] / HomeName.WORK
        parent.mkdir(mode=0o700, exist_ok=True)
    with TemporaryDirectory(prefix="asn-", dir=parent, ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def _publish(made: Path, place: Path, folder: Path) -> None:
    """Copy the finished file beside its place and put it there; a flash disk is pulled out as soon as we say "done"."""
    beside = place.with_name(f".asn-{secrets.token_hex(4)}.sementara")
    (folder / _DESTINATION).write_text(str(beside), encoding="utf-8", errors="surrogateescape")
    try:
        with made.open("rb") as source, beside.open("xb") as copy:
            shutil.copyfileobj(source, copy, 1 << 20)
            copy.flush()
            os.fsync(copy.fileno())
        replace_file(beside, place)
    except BaseException:
        with suppress(OSError):  # the folder itself may be the problem
            beside.unlink(missing_ok=True)
        raise


def _remove_half_copy(working: Path) -> None:
    with suppress(OSError, ValueError):
        beside = Path((working / _DESTINATION).read_text(encoding="utf-8", errors="surrogateescape"))
        if beside.name.startswith(".asn-") and beside.suffix == ".sementara" and not beside.is_dir():
            beside.unlink(missing_ok=True)


def _entries(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []


def _homes_around(place: Path) -> list[Path]:
    """The offices that are open, and any other in whose folder ``place`` lies."""
    above = [folder for folder in place.parents if any(os.path.lexists(folder / sign) for sign in _SIGNS_OF_AN_OFFICE)]
    return [*_open_offices, *above]


def _belongs_to(home: Path, place: Path, found: os.stat_result | None) -> bool:
    if found is not None and found.st_nlink > 1 and _is_link_into(home, found):
        return True
    inside = _below(home, place)
    if inside is None:
        return False
    first = inside[0]
    if found is not None or first in (HomeName.BACKUPS, HomeName.LOGS, HomeName.WORK, HomeName.SET_UP):
        return True
    return len(inside) == 1 and (
        first in set(HomeName) or first.startswith(_OWN_PREFIXES) or first.endswith(_OWN_SUFFIXES)
    )


def _below(home: Path, place: Path) -> tuple[str, ...] | None:
    """The parts of ``place`` below ``home`` in small letters, as a file system that knows no case sees them."""
    whole, start = (tuple(_plain(part) for part in path.parts) for path in (place, home))
    if whole[: len(start)] != start or len(whole) == len(start):
        return None
    return whole[len(start) :]


def _plain(name: str) -> str:
    return name.casefold().split(":", 1)[0].rstrip(" .") or name.casefold()


def _is_link_into(home: Path, found: os.stat_result) -> bool:
    for folder, _folders, names in os.walk(home):
        for name in names:
            with suppress(OSError):
                if os.path.samestat(os.stat(os.path.join(folder, name), follow_symlinks=False), found):
                    return True
    return False


def _is_backup(place: Path) -> bool:
    name = place.name.casefold()
    return name.endswith((BACKUP_SUFFIX, KEY_SUFFIX)) or os.path.lexists(place.with_name(place.name + KEY_SUFFIX))


def _free_name_beside(place: Path) -> str:
    """``harian-2.cadangan``: where neither a file nor a key beside it is."""
    names = (f"{place.stem}-{number}{place.suffix}" for number in count(2))
    return next(
        name for name in names if not any(os.path.lexists(place.with_name(name + end)) for end in ("", KEY_SUFFIX))
    )


def _is_device(name: str) -> bool:
    """Windows takes these names for devices in every folder and with every ending."""
    return name.casefold().split(".", 1)[0].split(":", 1)[0].rstrip() in _DEVICES


def _same(found: os.stat_result, other: Path) -> bool:
    try:
        return os.path.samestat(found, other.stat())
    except OSError:
        return False
