"""The forms beside the SKP tree: a planned result, an indicator with what it reached, one of the seven values."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from asn_desktop.core.i18n import _
from asn_desktop.gui import theme
from asn_desktop.gui.appraisal.content import EditedIki, EditedRhk, EditedValue
from asn_desktop.gui.appraisal.feedback_list import FeedbackList
from asn_desktop.gui.widgets import Segment, SegmentedControl, combo, label

ASPECTS = ("", "Kuantitas", "Kualitas", "Waktu", "Biaya")
PERSPECTIVES = ("", "Penerima Layanan", "Proses Bisnis", "Penguatan Internal", "Anggaran")


class _Form(QWidget):
    """Labels above fields; fields write into the node at once."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("clear", True)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 4, 0)
        self.column.setSpacing(theme.SPACE_SMALL)
        self._loading = False

    def field(self, text: str, widget: QWidget) -> None:
        name = label(text, "field")
        name.setBuddy(widget)
        widget.setAccessibleName(text)
        self.column.addWidget(name)
        self.column.addWidget(widget)
        self.column.addSpacing(4)

    def area(self, lines: int, store: Callable[[str], None]) -> QPlainTextEdit:
        result = QPlainTextEdit()
        result.setTabChangesFocus(True)
        result.setFixedHeight(theme.tokens().px(lines * 18 + 16))
        result.textChanged.connect(lambda: self.store(lambda: store(result.toPlainText())))
        return result

    def line(self, store: Callable[[str], None]) -> QLineEdit:
        result = QLineEdit()
        result.textChanged.connect(lambda text: self.store(lambda: store(text)))
        return result

    def store(self, write: Callable[[], None]) -> None:
        if not self._loading:
            write()
            self.changed.emit()


class RhkForm(_Form):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.node = EditedRhk()
        self.kind = SegmentedControl(
            [Segment("UTAMA", _("Utama")), Segment("TAMBAHAN", _("Tambahan"))], name=_("Jenis RHK")
        )
        self.kind.changed.connect(lambda value: self.store(lambda: setattr(self.node, "kind", value)))
        self.text = self.area(3, lambda text: setattr(self.node, "text", text))
        self.superior = self.area(3, lambda text: setattr(self.node, "superior_rhk", text))
        self.assigned = self.line(lambda text: setattr(self.node, "assigned_by", text))
        self.takeover = self.area(2, lambda text: setattr(self.node, "takeover_note", text))
        self.field(_("Jenis"), self.kind)
        self.field(_("Rencana hasil kerja"), self.text)
        self.field(_("RHK pimpinan yang diintervensi"), self.superior)
        self.field(_("Penugasan dari (bila ada)"), self.assigned)
        self.field(_("Catatan pengambilalihan oleh pimpinan (Pasal 20)"), self.takeover)
        self.column.addStretch(1)

    def show_node(self, node: EditedRhk, *, editable: bool) -> None:
        self._loading = True
        self.node = node
        self.kind.set_value(node.kind)
        self.text.setPlainText(node.text)
        self.superior.setPlainText(node.superior_rhk)
        self.assigned.setText(node.assigned_by)
        self.takeover.setPlainText(node.takeover_note)
        self.setEnabled(editable)
        self._loading = False


class IkiForm(_Form):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.node = EditedIki()
        self.text = self.area(2, lambda text: setattr(self.node, "text", text))
        self.aspect = combo([(each, each or "–") for each in ASPECTS])
        self.aspect.currentIndexChanged.connect(
            lambda: self.store(lambda: setattr(self.node, "aspect", str(self.aspect.currentData())))
        )
        self.target = self.line(lambda text: setattr(self.node, "target", text))
        self.target.setPlaceholderText(_("Misalnya 80–90% atau 7–8 bulan"))
        self.perspective = combo([(each, each or "–") for each in PERSPECTIVES])
        self.perspective.currentIndexChanged.connect(
            lambda: self.store(lambda: setattr(self.node, "perspective", str(self.perspective.currentData())))
        )
        self.realisation = self.area(2, lambda text: setattr(self.node, "realisation", text))
        self.evidence = self.line(lambda text: setattr(self.node, "evidence", text))
        self.feedback = FeedbackList()
        self.feedback.changed.connect(lambda: self.store(lambda: None))
        self.field(_("Indikator kinerja individu"), self.text)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.SPACE)
        grid.setVerticalSpacing(theme.SPACE_SMALL)
        self.perspective_label = label(_("Perspektif"), "field")
        for column, (name, widget) in enumerate(
            ((label(_("Aspek"), "field"), self.aspect), (label(_("Target"), "field"), self.target),
             (self.perspective_label, self.perspective))
        ):  # fmt: skip
            name.setBuddy(widget)
            widget.setAccessibleName(name.text())
            grid.addWidget(name, 0, column)
            grid.addWidget(widget, 1, column)
        grid.setColumnStretch(1, 1)
        self.column.addLayout(grid)
        self.column.addSpacing(4)
        self.field(_("Realisasi pada periode ini"), self.realisation)
        self.field(_("Bukti dukung"), self.evidence)
        self.column.addWidget(label(_("Umpan balik berkelanjutan"), "field"))
        self.column.addWidget(self.feedback)
        self.column.addStretch(1)

    def show_node(self, node: EditedIki, *, editable: bool, leader: bool) -> None:
        self._loading = True
        self.node = node
        self.text.setPlainText(node.text)
        for field, value in ((self.aspect, node.aspect), (self.perspective, node.perspective)):
            if field.findData(value) < 0:
                field.addItem(value, value)
            field.setCurrentIndex(field.findData(value))
        self.target.setText(node.target)
        self.realisation.setPlainText(node.realisation)
        self.evidence.setText(node.evidence)
        self.feedback.show_remarks(node.feedback, editable=editable)
        for widget in (self.perspective, self.perspective_label):
            widget.setVisible(leader or bool(node.perspective))
        self.setEnabled(editable)
        self._loading = False


class ValueForm(_Form):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.node = EditedValue("", "", ())
        self.title = label("", "section")
        self.guidance = label("", "secondary", wrap=True)
        self.expectation = self.area(3, lambda text: setattr(self.node, "expectation", text))
        self.feedback = FeedbackList()
        self.feedback.changed.connect(lambda: self.store(lambda: None))
        self.column.addWidget(self.title)
        self.column.addWidget(self.guidance)
        self.column.addSpacing(4)
        self.field(_("Ekspektasi khusus pimpinan"), self.expectation)
        self.column.addWidget(label(_("Umpan balik berkelanjutan"), "field"))
        self.column.addWidget(self.feedback)
        self.column.addStretch(1)

    def show_node(self, node: EditedValue, *, editable: bool) -> None:
        self._loading = True
        self.node = node
        self.title.setText(node.name)
        self.guidance.setText("\n".join(f"– {line}" for line in node.guidance))
        self.expectation.setPlainText(node.expectation)
        self.feedback.show_remarks(node.feedback, editable=editable)
        self.setEnabled(editable)
        self._loading = False
