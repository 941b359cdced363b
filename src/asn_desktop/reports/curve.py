"""Block K: the picture of the distribution pattern that belongs to an organisation result.

It is the pattern of PermenPANRB 6/2022 Lampiran IV.B.2, never the unit's own counts. Drawn once per file and
result, then referred to.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from asn_desktop.appraisal.predicate import OrganisationRating
from asn_desktop.appraisal.tables import guidance_curve
from asn_desktop.reports.fonts import Face
from asn_desktop.reports.layout import MM, PAD_X, Block, Painter, row_block
from asn_desktop.reports.parts import Kit, bold
from asn_desktop.reports.text import LEADING, Paragraph, Run, set_lines
from asn_desktop.reports.wording import ORGANISATION_RESULTS, choice_words

PLOT_WIDTH = 100 * MM
PLOT_HEIGHT = 45 * MM

_COLUMNS, _ROWS = 4, 7
_GRID_GREY, _AXIS_GREY = 0.82, 0.35

#: Words under the five grid lines; *misconduct* is English and stands in italics.
_PREDICATES: tuple[tuple[Paragraph, ...], ...] = (
    ((Run("Sangat"),), (Run("Kurang"),)),
    ((Run("Kurang/"),), (Run("Misconduct", Face.ITALIC),)),
    ((Run("Butuh"),), (Run("Perbaikan"),)),
    ((Run("Baik"),),),
    ((Run("Sangat"),), (Run("Baik"),)),
)


@lru_cache(maxsize=64)
def pattern_block(kit: Kit, organisation_result: str | None) -> Block:
    """The full-width shaded cell with the curve, or with the regulation's hint while there is no result."""
    label = bold("POLA DISTRIBUSI:")
    if organisation_result is None:
        hint = (Run("(diisi dengan gambar pola distribusi)", Face.ITALIC, 0.5),)
        return row_block([kit.cell((0, kit.width), (label, hint), shaded=True)], shared=True)
    title = (
        (Run("KURVA DISTRIBUSI PREDIKAT KINERJA PEGAWAI DENGAN"),),
        (Run(f"CAPAIAN KINERJA ORGANISASI {choice_words(ORGANISATION_RESULTS, organisation_result)}"),),
    )
    line = kit.size * LEADING
    plot_top = 2 * line + 2 * MM
    height = plot_top + PLOT_HEIGHT + 3.6 * line + 1.2 * MM
    cells = (
        kit.cell((0, kit.width), (label,), shaded=True).at(0, height),
        kit.cell((0, kit.width), title, centre=True, border=False).at(0, height),
    )
    points = [(point.x, point.y) for point in guidance_curve(OrganisationRating(organisation_result))]

    def paint(pen: Painter, x: float, top: float) -> None:
        left = x + (kit.width - PLOT_WIDTH) / 2
        bottom = top - plot_top - PLOT_HEIGHT
        _grid(pen, left, bottom)
        _curve(pen, left, bottom, points)
        _labels(pen, kit.size, left, bottom)

    return Block(height, cells, shared=True, paint=paint)


def _grid(pen: Painter, left: float, bottom: float) -> None:
    canvas = pen.canvas
    canvas.setFillGray(1)
    canvas.rect(left, bottom, PLOT_WIDTH, PLOT_HEIGHT, stroke=0, fill=1)
    canvas.setLineWidth(0.4)
    canvas.setStrokeGray(_GRID_GREY)
    right, top = left + PLOT_WIDTH, bottom + PLOT_HEIGHT
    xs = [left + PLOT_WIDTH * column / _COLUMNS for column in range(1, _COLUMNS + 1)]
    ys = [bottom + PLOT_HEIGHT * row / _ROWS for row in range(1, _ROWS + 1)]
    canvas.lines([(x, bottom, x, top) for x in xs] + [(left, y, right, y) for y in ys])
    canvas.setStrokeGray(_AXIS_GREY)
    canvas.setLineWidth(0.6)
    canvas.lines([(left, bottom, right, bottom), (left, bottom, left, top)])


def _curve(pen: Painter, left: float, bottom: float, points: Sequence[tuple[float, float]]) -> None:
    """A smooth line through all points (Catmull-Rom, drawn as Bézier pieces)."""
    at = [(left + PLOT_WIDTH * x / _COLUMNS, bottom + PLOT_HEIGHT * y / _ROWS) for x, y in points]
    path = pen.canvas.beginPath()
    path.moveTo(*at[0])
    for i in range(len(at) - 1):
        before, here, there, after = at[max(i - 1, 0)], at[i], at[i + 1], at[min(i + 2, len(at) - 1)]
        path.curveTo(
            here[0] + (there[0] - before[0]) / 6,
            here[1] + (there[1] - before[1]) / 6,
            there[0] - (after[0] - here[0]) / 6,
            there[1] - (after[1] - here[1]) / 6,
            there[0],
            there[1],
        )
    pen.canvas.setStrokeGray(0)
    pen.canvas.setLineWidth(1.2)
    pen.canvas.drawPath(path, stroke=1, fill=0)


def _labels(pen: Painter, size: float, left: float, bottom: float) -> None:
    below = bottom - 1 * MM
    for column, words in enumerate(_PREDICATES):
        centre = left + PLOT_WIDTH * column / _COLUMNS
        for number, line in enumerate(set_lines(words, size, PLOT_WIDTH)):
            pen.lines([line], centre - line.width / 2, below - number * line.height)
    axis = set_lines(((Run("Predikat Kinerja Pegawai"),),), size, PLOT_WIDTH)
    pen.lines(axis, left + (PLOT_WIDTH - axis[0].width) / 2, below - 2.5 * size * LEADING)
    side = set_lines(((Run("Frekuensi"),), (Run("Pegawai"),)), size, PLOT_WIDTH)
    width = max(line.width for line in side)
    pen.lines(side, left - width - 2 * PAD_X, bottom + PLOT_HEIGHT / 2 + size * LEADING)
