"""Two columns under different parents mean the same field, and nothing says which one counts: a person does."""

from __future__ import annotations

from asn_desktop.core.i18n import _
from asn_desktop.core.issues import Location
from asn_desktop.exchange.asking import Asking
from asn_desktop.exchange.cell_positions import column_letter
from asn_desktop.exchange.cell_text import as_text
from asn_desktop.exchange.headers import SheetLayout
from asn_desktop.exchange.heading_keys import Contest
from asn_desktop.exchange.questions import Choice, Question, Sample
from asn_desktop.exchange.tables import Table

NONE, TOGETHER = "none", "together"
_SAMPLES = 3


def settle(asking: Asking, table: Table, layout: SheetLayout) -> tuple[SheetLayout, tuple[str, ...]]:
    """The layout with every contest decided that a person has decided; and the questions that hold the sheet's rows:
    those about fields without which a row must not be written."""
    holding = []
    for contest in layout.contests:
        question = _question(contest, layout, table)
        answer = asking.ask(question)
        sides = [choice.key for choice in question.choices if choice.key in contest.sides]
        if answer == TOGETHER:
            layout = layout.settled(contest, sides)
        elif answer:
            layout = layout.settled(contest, [answer] if answer in contest.sides else [])
        elif any(layout.columns[key].required for key in contest.keys if key in layout.columns):
            holding.append(question.id)
    return layout, tuple(holding)


def _question(contest: Contest, layout: SheetLayout, table: Table) -> Question:
    sides = {side: ", ".join(map(column_letter, columns)) for side, columns in contest.sides.items()}
    labels = ", ".join(_(layout.columns[key].label) for key in contest.keys)
    dated = any(column in layout.dated for column in contest.columns)
    choices = [
        Choice(parent, _("Pakai “{heading}” (kolom {letters})").format(heading=_shown(parent), letters=letters))
        for parent, letters in sides.items()
    ]
    if not dated:
        together = _("Gabungkan: isi {first}; bila kosong, isi yang lain").format(first=_shown(next(iter(sides))))
        choices.append(Choice(TOGETHER, together))
    choices.append(Choice(NONE, _("Jangan pakai kolom-kolom ini")))
    return Question(
        "heading",
        " | ".join(sides),
        "heading_contested",
        _("{labels} ada di bawah beberapa judul: {parents}. Mana yang dipakai?").format(
            labels=labels, parents=", ".join(f"“{_shown(parent)}”" for parent in sides)
        ),
        tuple(choices),
        subject_text=" | ".join(_shown(parent) for parent in sides),
        effect=_("Sebelum dijawab, kolom ini tidak dibaca."),
        samples=_samples(contest, layout, table),
        remember=not dated,
        location=Location(layout.sheet, layout.header_rows[0] + 1, column_letter(contest.columns[0])),
    )


def _samples(contest: Contest, layout: SheetLayout, table: Table) -> tuple[Sample, ...]:
    found = []
    for columns in contest.sides.values():
        for column in columns:
            rows = enumerate(table.head[layout.first_data_row :], layout.first_data_row + 1)
            filled = [(row, cells[column]) for row, cells in rows if column < len(cells) and cells[column] != ""]
            heading = layout.headings.get(column, "")
            found += [
                Sample(f"{column_letter(column)}{row}", f"{heading}: {as_text(value)}") for row, value in filled[:1]
            ]
    return tuple(found[: _SAMPLES * 2])


def _shown(parent: str) -> str:
    return " ".join(parent.split())
