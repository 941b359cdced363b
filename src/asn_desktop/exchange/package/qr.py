"""QR codes as matrices and small PNG pictures, error correction M (15 %)."""

from __future__ import annotations

import io
from typing import Any

Matrix = tuple[tuple[bool, ...], ...]


def qr_matrix(text: str) -> Matrix:
    """The dark modules, row by row, without the quiet zone."""
    return tuple(tuple(map(bool, row)) for row in _code(text).matrix)


def qr_png(text: str, scale: int = 6) -> bytes:
    """The code as a black and white PNG, ``scale`` pixels a module, with its quiet zone."""
    picture = io.BytesIO()
    _code(text).save(picture, kind="png", scale=scale)
    return picture.getvalue()


def _code(text: str) -> Any:
    import segno  # only when a code is drawn

    return segno.make_qr(text, error="m", boost_error=False)
