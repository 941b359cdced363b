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

from asn_desktop.core.errors import DatabaseTooNew, EnvironmentProblem, InputError, WrongPassphrase
from asn_desktop.core.files import write_whole
from asn_desktop.core.i18n import _

FORMAT = "ASN-KUNCI/1"
RECOVERY = "#pemulihan"
MINIMUM_LENGTH = 8
# About 0.2 s on the machines of the field; 64 MiB makes guessing on graphics cards expensive.
_OPS, _MEMORY = 3, 64 * 1024 * 1024
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
    return _unwrap(_read(path)["wraps"].get(user), passphrase)


def unlock_as_anyone(path: Path, passphrase: str) -> tuple[str, bytes]:
    """The first user whom the passphrase belongs to, and the data key; raises ``WrongPassphrase`` if nobody's."""
    *others, last = users(path)
    for user in others:
        with suppress(WrongPassphrase):
            return user, unlock(path, user, passphrase)
    return last, unlock(path, last, passphrase)


def unlock_with_code(path: Path, code: str) -> bytes:
    """The data key by the recovery code (spaces, dashes and case do not matter)."""
    return _unwrap(_read(path)["wraps"].get(RECOVERY), _plain_code(code))


def users(path: Path) -> list[str]:
    """Names that can sign in, in the order they were added."""
    return [name for name in _read(path)["wraps"] if name != RECOVERY]


def set_passphrase(path: Path, user: str, data_key: bytes, passphrase: str) -> None:
    """Add a user or replace their passphrase; the caller holds the data key."""
    check_passphrase(passphrase)
    content = _read(path)
    content["wraps"][user] = _wrap(data_key, passphrase)
    _write(path, content)


def check_passphrase(passphrase: str) -> None:
    if len(passphrase) < MINIMUM_LENGTH:
        raise InputError(
            _("Kata sandi terlalu pendek: paling sedikit {n} huruf.").format(n=MINIMUM_LENGTH),
            _("Beberapa kata yang mudah diingat lebih baik daripada satu kata sulit."),
            code="ASN-1103",
        )


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


def _unwrap(wrap: dict[str, Any] | None, passphrase: str) -> bytes:
    import nacl.exceptions
    import nacl.secret

    if wrap is not None:
        key = _derive(passphrase, base64.b64decode(wrap["salt"]), int(wrap["ops"]), int(wrap["memory"]))
        try:
            return bytes(nacl.secret.SecretBox(key).decrypt(base64.b64decode(wrap["box"])))
        except nacl.exceptions.CryptoError:
            pass
    raise WrongPassphrase(
        _("Nama pengguna atau kata sandi tidak cocok. Data tidak dibuka."),
        _("Periksa Caps Lock, lalu coba lagi. Lupa? Pakai kode pemulihan yang dicetak saat penyiapan."),
    )


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
        content = json.loads(path.read_text(encoding="utf-8"))
        found = str(content["format"])
        if not isinstance(content["wraps"], dict):
            raise TypeError("wraps")
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise EnvironmentProblem(
            _("Berkas kunci tidak ada atau rusak: {name}.").format(name=path.name),
            _("Salin kembali kunci.json dari cadangan folder data. Tanpa kunci, data tidak dapat dibaca siapa pun."),
            code="ASN-1422",
            details=str(error),
        ) from error
    if found != FORMAT:
        raise DatabaseTooNew(
            _("Berkas kunci ini dibuat oleh program yang lebih baru."), _("Pasang versi program terbaru.")
        )
    return dict(content)


def _write(path: Path, content: dict[str, Any]) -> None:
    write_whole(path, json.dumps(content, indent=1).encode("utf-8"))
