"""The key file: the data key, wrapped by every user's passphrase and by the recovery code."""

from __future__ import annotations

import base64
import json
import secrets
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from asn_desktop.accounts.passphrase import check_passphrase
from asn_desktop.core import side_files
from asn_desktop.core.errors import DatabaseTooNew, EnvironmentProblem, WrongPassphrase, out_of_memory, system_problem
from asn_desktop.core.files import write_whole
from asn_desktop.core.i18n import _
from asn_desktop.core.outputs import HomeName

FORMAT = "ASN-KUNCI/1"
RECOVERY = "#pemulihan"
# About 0.2 s on the machines of the field; 64 MiB makes guessing on graphics cards expensive.
_OPS, _MEMORY = 3, 64 * 1024 * 1024
_SALT, _BOX = 16, 24 + 16 + 32
_MOST_OPS, _MOST_MEMORY = 10, 256 * 1024 * 1024
"""A damaged file must not keep the PC busy for an hour, nor take its memory."""
# Crockford's alphabet: nobody confuses O with 0 or I with 1 when reading it from paper.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@dataclass(frozen=True, slots=True)
class NewKey:
    """A data key just made, and the code that must be written down on paper."""

    data_key: bytes
    recovery_code: str


def create(path: Path, user: str, passphrase: str) -> NewKey:
    """Make a new data key for a new office; refuses to overwrite an existing key file."""
    if path.exists():
        raise EnvironmentProblem(
            _("Di folder ini sudah ada data kantor."),
            _("Buka data itu, atau pilih folder lain."),
            code="ASN-1421",
        )
    check_passphrase(passphrase)
    data_key = secrets.token_bytes(32)
    code = _recovery_code()
    wraps = {user: _wrap(data_key, passphrase), RECOVERY: _wrap(data_key, _plain_code(code))}
    _write(path, {"format": FORMAT, "wraps": wraps})
    return NewKey(data_key, code)


def unlock(path: Path, user: str, passphrase: str) -> bytes:
    """The data key; raises :class:`WrongPassphrase` for an unknown user and a wrong passphrase alike."""
    return _unwrap(path, user, passphrase)


def unlock_as_anyone(path: Path, passphrase: str) -> tuple[str, bytes]:
    """The first user whom the passphrase belongs to, and the data key; raises ``WrongPassphrase`` if nobody's."""
    *others, last = users(path)
    for user in others:
        with suppress(WrongPassphrase):
            return user, unlock(path, user, passphrase)
    return last, unlock(path, last, passphrase)


def unlock_with_code(path: Path, code: str) -> bytes:
    """The data key by the recovery code (spaces, dashes and case do not matter)."""
    return _unwrap(path, RECOVERY, _plain_code(code))


def users(path: Path) -> list[str]:
    """Names that can sign in, in the order they were added; at least one."""
    found = [name for name in _read(path)["wraps"] if name != RECOVERY]
    if not found:
        raise _damaged(path, "no users")
    return found


def sound_copy(path: Path) -> Path | None:
    """The copy that every backup leaves beside itself, when it is there and has users."""
    copy = path.parent / HomeName.BACKUPS / path.name
    try:
        users(copy)
    except EnvironmentProblem:
        return None
    return copy


def set_passphrase(path: Path, user: str, data_key: bytes, passphrase: str) -> None:
    """Add a user or replace their passphrase; the caller holds the data key."""
    check_passphrase(passphrase)
    content = _read(path)
    content["wraps"][user] = _wrap(data_key, passphrase)
    _write(path, content)


def set_recovery_code(path: Path, data_key: bytes) -> str:
    """Make a new recovery code, shown once; the old one opens nothing any more. The caller holds the data key."""
    code = _recovery_code()
    content = _read(path)
    content["wraps"][RECOVERY] = _wrap(data_key, _plain_code(code))
    _write(path, content)
    return code


# The names of users are read before anybody typed: PyNaCl is loaded when something is locked or unlocked.


def _wrap(data_key: bytes, passphrase: str) -> dict[str, Any]:
    import nacl.pwhash.argon2id as argon2id
    import nacl.secret
    import nacl.utils

    salt = nacl.utils.random(argon2id.SALTBYTES)
    box = nacl.secret.SecretBox(_derive(passphrase, salt, _OPS, _MEMORY))
    return {
        "kdf": "argon2id",
        "ops": _OPS,
        "memory": _MEMORY,
        "salt": base64.b64encode(salt).decode(),
        "box": base64.b64encode(bytes(box.encrypt(data_key))).decode(),
    }


def _unwrap(path: Path, name: str, passphrase: str) -> bytes:
    import nacl.exceptions
    import nacl.secret

    wrap = _read(path)["wraps"].get(name)
    if wrap is not None:
        try:
            ops, memory, salt, box = _parts(wrap)
        except (ValueError, TypeError) as error:
            raise _damaged(path, str(error)) from error
        try:
            key = _derive(passphrase, salt, ops, memory)
        except (MemoryError, RuntimeError) as error:  # what PyNaCl says when it gets no memory
            raise out_of_memory(str(error)) from error
        try:
            return bytes(nacl.secret.SecretBox(key).decrypt(box))
        except nacl.exceptions.CryptoError:
            pass
    raise WrongPassphrase(
        _("Nama pengguna atau kata sandi tidak cocok. Data tidak dibuka."),
        _("Periksa Caps Lock, lalu coba lagi. Lupa? Pakai kode pemulihan yang dicetak saat penyiapan."),
    )


def _parts(wrap: Any) -> tuple[int, int, bytes, bytes]:
    """Cost, memory, salt and sealed key of one user. Raises ``ValueError`` when any is not as it was written."""
    if not isinstance(wrap, dict) or wrap.get("kdf") != "argon2id":
        raise ValueError("kdf")
    ops = side_files.number(wrap, "ops", 1, _MOST_OPS)
    memory = side_files.number(wrap, "memory", 8192, _MOST_MEMORY)
    salt, box = (base64.b64decode(side_files.text(wrap, key, 256), validate=True) for key in ("salt", "box"))
    if len(salt) != _SALT or len(box) != _BOX:
        raise ValueError("length")
    return ops, memory, salt, box


def _derive(passphrase: str, salt: bytes, ops: int, memory: int) -> bytes:
    import nacl.pwhash.argon2id as argon2id

    normal = unicodedata.normalize("NFC", passphrase).encode()
    return bytes(argon2id.kdf(32, normal, salt, opslimit=ops, memlimit=memory))


def _recovery_code() -> str:
    letters = "".join(secrets.choice(_ALPHABET) for _i in range(30))
    return "-".join(letters[start : start + 5] for start in range(0, 30, 5))


def _plain_code(code: str) -> str:
    plain = "".join(letter for letter in code.upper() if letter.isalnum())
    return plain.translate(str.maketrans("OIL", "011"))


def _read(path: Path) -> dict[str, Any]:
    try:
        content = side_files.read_object(path)
        found = side_files.text(content, "format", 40)
        if not isinstance(content.get("wraps"), dict):
            raise ValueError("wraps")
    except (OSError, ValueError) as error:
        raise _damaged(path, str(error)) from error
    if found != FORMAT:
        if not found.startswith(FORMAT.split("/")[0]):
            raise _damaged(path, "format")
        raise DatabaseTooNew(
            _("Berkas kunci ini dibuat oleh program yang lebih baru."), _("Pasang versi program terbaru.")
        )
    return content


def _damaged(path: Path, details: str) -> EnvironmentProblem:
    """Names the copy that every backup leaves beside itself, when there is one."""
    copy = path.parent / HomeName.BACKUPS / path.name
    hint = _("Salin kembali kunci.json dari cadangan folder data. Tanpa kunci, data tidak dapat dibaca siapa pun.")
    if copy.is_file():
        hint = _("Salin {copy} ke {folder}, lalu coba lagi. Data Anda masih ada.").format(copy=copy, folder=path.parent)
    return EnvironmentProblem(
        _("Berkas kunci tidak ada atau rusak: {name}.").format(name=path.name), hint, code="ASN-1422", details=details
    )


def _write(path: Path, content: dict[str, Any]) -> None:
    try:
        write_whole(path, json.dumps(content, indent=1).encode("utf-8"))
    except OSError as error:
        raise system_problem(error, path) from error
