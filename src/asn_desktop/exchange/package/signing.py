"""The office's signature: an Ed25519 key pair, the public part to be handed over once on paper or as a file.

The private part is not stored anywhere: it is derived from the data key of the encrypted database, which opens
with a passphrase only. So it cannot get into a package, a log or a copy of a table; a restored backup and a second
PC with the same data have the same key, as they should, for they are the same office.
"""

from __future__ import annotations

import hashlib
from functools import cached_property
from typing import Any

from asn_desktop.exchange.package.protocol import FORMAT

_PURPOSE = b"ASN-KUNCI-KANTOR"  # BLAKE2b takes 16 bytes here


class OfficeKey:
    """Signs for the office. Nothing of the private part is shown, not even by accident in a log."""

    def __init__(self, data_key: bytes) -> None:
        self._seed = hashlib.blake2b(key=data_key, person=_PURPOSE, digest_size=32).digest()

    def __repr__(self) -> str:
        return "OfficeKey()"

    @cached_property
    def key(self) -> str:
        """The public key in hex."""
        return bytes(self._pair().verify_key).hex()

    def sign(self, digest: str) -> str:
        """The signature of a package's digest, in hex."""
        return bytes(self._pair().sign(_message(digest)).signature).hex()

    def _pair(self) -> Any:
        from nacl.signing import SigningKey  # loads a native library: only when something is signed

        return SigningKey(self._seed)


def verified(key: str, digest: str, signature: str) -> bool:
    """Whether the signature of the digest was made with the private part of ``key`` (both in hex)."""
    from nacl.exceptions import BadSignatureError
    from nacl.exceptions import ValueError as NaClValueError
    from nacl.signing import VerifyKey

    try:
        VerifyKey(bytes.fromhex(key)).verify(_message(digest), bytes.fromhex(signature))
    except (BadSignatureError, NaClValueError, ValueError, TypeError):
        return False
    return True


def _message(digest: str) -> bytes:
    return f"{FORMAT}/1 {digest}".encode()
