"""QR codes as matrices and small PNG pictures. The encoder is reportlab's, which the program ships anyway."""

from __future__ import annotations

import struct
import zlib

Matrix = tuple[tuple[bool, ...], ...]
_QUIET = 4  # modules of white that the standard asks for around it


def qr_matrix(text: str) -> Matrix:
    """The dark modules, row by row, without the quiet zone; error correction M (15 %)."""
    # Loads a good part of reportlab: only when a code is drawn.
    from reportlab.graphics.barcode.qrencoder import QR8bitByte, QRCode, QRErrorCorrectLevel

    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(QR8bitByte(text))
    code.make()
    size = code.getModuleCount()
    return tuple(tuple(bool(code.isDark(row, column)) for column in range(size)) for row in range(size))


def qr_png(text: str, scale: int = 6) -> bytes:
    """The code as a black and white PNG, ``scale`` pixels a module, with its quiet zone."""
    matrix = qr_matrix(text)
    blank = (False,) * (len(matrix) + 2 * _QUIET)
    modules = [blank] * _QUIET + [(False,) * _QUIET + row + (False,) * _QUIET for row in matrix] + [blank] * _QUIET
    lines = []
    for row in modules:
        line = bytes(0 if dark else 255 for dark in row for _pixel in range(scale))
        lines.extend([b"\0" + line] * scale)
    side = len(modules) * scale
    header = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(b"".join(lines), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, content) for name, content in parts)


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
