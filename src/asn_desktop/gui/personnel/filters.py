"""The filters above the list of employees: as wide as their usual words, and one that joins two kinds of choice."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox

from asn_desktop.core.i18n import _
from asn_desktop.core.ranks import pns_ranks
from asn_desktop.gui import theme
from asn_desktop.gui.table_page import TablePage
from asn_desktop.gui.widgets import combo
from asn_desktop.personnel.employment_kinds import EMPLOYMENT_KINDS


def kind_filter(page: TablePage) -> None:
    """Employment kinds and golongan in one list: a golongan I–IV is a PNS anyway."""
    choices: dict[str, tuple[str, dict[str, tuple[str, ...]]]] = {
        "": (_("Semua jenis"), {"employment_kinds": (), "ranks": ()})
    }
    for kind, text in EMPLOYMENT_KINDS:
        choices[kind] = (_(text), {"employment_kinds": (kind,), "ranks": ()})
    for group in ("IV", "III", "II", "I"):
        codes = tuple(rank.code for rank in pns_ranks() if rank.code.startswith(f"{group}/"))
        choices[group] = (_("Golongan {g}").format(g=group), {"employment_kinds": (), "ranks": codes})
    box = combo([(value, text) for value, (text, _spec) in choices.items()], parent=page)
    box.setAccessibleName(_("Jenis pegawai dan golongan"))
    box.setToolTip(_("Jenis pegawai dan golongan"))
    box.currentIndexChanged.connect(lambda _i: page.change_spec(**choices[box.currentData()][1]))
    page.add_filter_widget(as_wide_as(box, 8), lambda: box.setCurrentIndex(0))


def as_wide_as(box: QComboBox, letters: int) -> QComboBox:
    """A filter as wide as its usual words and the chosen ones, not as its longest choice."""
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(letters)

    def fit(text: str) -> None:
        metrics = box.fontMetrics()
        spare = theme.tokens().px(20)  # the box is wider than its letters need
        needed = -(-(metrics.horizontalAdvance(text) - spare) // metrics.horizontalAdvance("X"))
        box.setMinimumContentsLength(max(letters, needed))

    box.currentTextChanged.connect(fit)
    return box
