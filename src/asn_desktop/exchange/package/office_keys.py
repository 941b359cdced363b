"""Handing a public key over: eight words to compare on the telephone, a QR code, and a small file.

The file is not secret. Its checksum is against typing and copying errors; that the key is really that office's is
what the words are for, compared over another way than the file came.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from asn_desktop.core.errors import WorkbookError
from asn_desktop.core.i18n import _
from asn_desktop.core.outputs import write_output
from asn_desktop.environment.resources import resource_path

FORMAT = "ASN-KUNCI-KANTOR/1"
WORDS = 8
_LARGEST = 10_000
_LABELS = ("kantor", "nama", "kunci")


@dataclass(frozen=True, slots=True)
class PublicKey:
    """An office and its public key in hex."""

    office: str
    name: str
    key: str

    @property
    def words(self) -> tuple[str, ...]:
        return fingerprint(self.key)

    @property
    def qr_text(self) -> str:
        """What the QR code of the key says."""
        return f"{FORMAT} {self.office} {self.key}"


def fingerprint(key: str) -> tuple[str, ...]:
    """Eight words of 256 from the SHA-256 of the key: 64 bits, and no two words differ in one letter only."""
    digest = hashlib.sha256(bytes.fromhex(key)).digest()
    return tuple(word_list()[byte] for byte in digest[:WORDS])


@cache
def word_list() -> Sequence[str]:
    """256 short words. Their order is for ever: it is in every fingerprint that was ever compared."""
    return tuple(resource_path("reference", "kata_sidik.txt").read_text(encoding="utf-8").split())


def write_key_file(target: Path, public: PublicKey) -> None:
    """A text file that people can read too. Raises :class:`OutputRefused` or :class:`FileNotWritten`."""
    lines = [
        FORMAT,
        f"kantor: {public.office}",
        f"nama: {public.name}",
        f"kunci: {public.key}",
        f"kata: {' '.join(public.words)}",
        f"periksa: {_checksum(public)}",
        "",
        _("Berkas ini tidak rahasia. Serahkan ke kantor penerima, lalu cocokkan delapan kata di atas lewat telepon."),
    ]
    write_output(target, "\r\n".join((*lines, "")).encode())


def read_key_file(path: Path) -> PublicKey:
    """The key in a file of :func:`write_key_file`. Raises :class:`WorkbookError` (ASN-1301, 1356)."""
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST)
    except OSError as error:
        raise WorkbookError(
            _("Berkas {name} tidak dapat dibaca.").format(name=path.name),
            _("Pastikan berkas masih ada dan flash disk terpasang, lalu coba lagi."),
            code="ASN-1301",
            details=type(error).__name__,
        ) from error
    lines = data.decode("utf-8-sig", "replace").splitlines()
    said = dict(_pair(line) for line in lines[1:] if ":" in line)
    public = PublicKey(*(said.get(label, "") for label in _LABELS))
    if (
        lines[:1] != [FORMAT]
        or not re.fullmatch("[0-9a-f]{64}", public.key)
        or said.get("periksa") != _checksum(public)
    ):
        raise WorkbookError(
            _("Berkas {name} bukan berkas kunci kantor yang utuh.").format(name=path.name),
            _("Minta kantor itu membuat ulang berkas kuncinya di Pertukaran Data."),
            code="ASN-1356",
        )
    return public


def read_qr_text(text: str) -> PublicKey:
    """The key in the text of a QR code; it holds no name, so the code stands for it. Raises :class:`WorkbookError`."""
    found = re.fullmatch(rf"{re.escape(FORMAT)}\s+(\S+)\s+([0-9a-f]{{64}})", text.strip())
    if found is None:
        raise WorkbookError(
            _("Tulisan itu bukan isi kode QR kunci kantor yang utuh."),
            _("Foto lagi kode QR di Pertukaran Data › Kunci kantor, lalu salin seluruh tulisannya."),
            code="ASN-1356",
        )
    office, key = found.groups()
    return PublicKey(office, _("Kantor {code}").format(code=office), key)


def _pair(line: str) -> tuple[str, str]:
    label, _colon, value = line.partition(":")
    return label.strip(), value.strip()


def _checksum(public: PublicKey) -> str:
    text = "\n".join((FORMAT, public.office, " ".join(public.name.split()), public.key))
    return hashlib.sha256(text.encode()).hexdigest()[:12]
