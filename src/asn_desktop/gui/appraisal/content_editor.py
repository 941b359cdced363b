"""The SKP of an evaluation: a tree of results, indicators and values; beside it the form of the chosen one."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from asn_desktop.core.i18n import _
from asn_desktop.gui import messages, theme
from asn_desktop.gui.appraisal.content import EditedContent, EditedIki, EditedRhk, EditedValue
from asn_desktop.gui.appraisal.content_forms import IkiForm, RhkForm, ValueForm
from asn_desktop.gui.appraisal.row_height import RowHeight
from asn_desktop.gui.widgets import EmptyState, button

NODE_ROLE = Qt.ItemDataRole.UserRole


class ContentEditor(QWidget):
    """Edits an :class:`EditedContent` in place; ``changed`` after every edit."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._content: EditedContent | None = None
        self._editable = True
        self.tree = QTreeWidget()
        self.tree.setProperty("boxed", True)
        self.tree.setHeaderHidden(True)
        self.tree.setItemDelegate(RowHeight(28, self.tree))
        self.tree.setIndentation(theme.tokens().px(16))
        self.tree.setAccessibleName(_("Isi SKP"))
        self.tree.setMinimumWidth(theme.tokens().px(240))
        self.tree.currentItemChanged.connect(lambda item, _old: self._show_node(item))
        self.add_rhk_button = button(_("Tambah RHK"), icon="plus", clicked=self.add_rhk)
        self.add_iki_button = button(_("Tambah IKI"), icon="plus", clicked=self.add_iki)
        self.remove_button = button(_("Hapus"), icon="trash-2", kind="ghost", clicked=self.remove)
        left = QVBoxLayout()
        left.setSpacing(theme.SPACE)
        left.addWidget(self.tree, 1)
        tools = QHBoxLayout()
        tools.setSpacing(theme.SPACE_SMALL)
        for widget in (self.add_rhk_button, self.add_iki_button, self.remove_button):
            tools.addWidget(widget)
        tools.addStretch(1)
        left.addLayout(tools)
        self.rhk_form = RhkForm(self)
        self.iki_form = IkiForm(self)
        self.value_form = ValueForm(self)
        self.nothing = EmptyState(
            "target",
            _("SKP belum diisi"),
            _("Tambahkan rencana hasil kerja (RHK), lalu indikatornya. Isinya tercetak pada formulir C.1.3."),
            _("Tambah RHK"),
            action_icon="plus",
        )
        self.nothing.activated.connect(self.add_rhk)
        self.forms = QStackedWidget()
        self.forms.setProperty("clear", True)
        for form in (self.nothing, self.rhk_form, self.iki_form, self.value_form):
            self.forms.addWidget(form)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(self.forms)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.MARGIN)
        row.addLayout(left, 2)
        row.addWidget(area, 3)
        for each in (self.rhk_form, self.iki_form, self.value_form):
            each.changed.connect(self._edited)

    def show_content(self, content: EditedContent, *, editable: bool = True) -> None:
        self._content = content
        self._editable = editable
        for widget in (self.add_rhk_button, self.add_iki_button, self.remove_button):
            widget.setVisible(editable)
        if self.nothing.button is not None:
            self.nothing.button.setVisible(editable)
        self._rebuild(content.rhks[0] if content.rhks else None)

    # -- changes ------------------------------------------------------------------------------------------

    def add_rhk(self) -> None:
        if self._content is not None:
            rhk = EditedRhk(ikis=[EditedIki()])
            self._content.rhks.append(rhk)
            self._rebuild(rhk)
            self.rhk_form.text.setFocus()
            self.changed.emit()

    def add_iki(self) -> None:
        rhk = self._current_rhk()
        if rhk is not None:
            iki = EditedIki()
            rhk.ikis.append(iki)
            self._rebuild(iki)
            self.iki_form.text.setFocus()
            self.changed.emit()

    def remove(self) -> None:
        """Remove the chosen result or indicator; one that already has something reached asks first."""
        node = self._node()
        if self._content is None or not isinstance(node, EditedRhk | EditedIki):
            return
        ikis = node.ikis if isinstance(node, EditedRhk) else [node]
        if any(iki.realisation.strip() or iki.feedback for iki in ikis):
            text = _("Realisasi dan umpan baliknya pada periode ini ikut terhapus.")
            if not messages.confirm(self, _("Hapus bagian SKP ini?"), text, action=_("Hapus")):
                return
        if isinstance(node, EditedRhk):
            self._content.rhks.remove(node)
        else:
            for rhk in self._content.rhks:
                rhk.ikis[:] = [iki for iki in rhk.ikis if iki is not node]
        self._rebuild(None)
        self.changed.emit()

    def _edited(self) -> None:
        node = self._node()
        if isinstance(node, EditedRhk) and self._content is not None:
            item = self.tree.currentItem()
            band = item.parent() if item is not None else None
            kind = band.data(0, NODE_ROLE) if band is not None else ""
            if kind != node.kind:
                self._rebuild(node)
        self._retitle()
        self.changed.emit()

    # -- tree ---------------------------------------------------------------------------------------------

    def _node(self) -> object:
        item = self.tree.currentItem()
        return item.data(0, NODE_ROLE) if item is not None else None

    def _current_rhk(self) -> EditedRhk | None:
        item = self.tree.currentItem()
        while item is not None:
            node = item.data(0, NODE_ROLE)
            if isinstance(node, EditedRhk):
                return node
            item = item.parent()
        return None

    def _rebuild(self, wanted: object) -> None:
        content = self._content
        assert content is not None
        self.tree.blockSignals(True)
        self.tree.clear()
        chosen: QTreeWidgetItem | None = None
        bands = {
            "UTAMA": _band(self.tree, _("A. Utama"), "UTAMA"),
            "TAMBAHAN": _band(self.tree, _("B. Tambahan"), "TAMBAHAN"),
        }
        for _number, rhk in content.numbered():
            item = _item(bands[rhk.kind], rhk)
            chosen = item if rhk is wanted else chosen
            for iki in rhk.ikis:
                below = _item(item, iki)
                chosen = below if iki is wanted else chosen
        values = _band(self.tree, _("Perilaku kerja"), "PERILAKU")
        for value in content.values:
            item = _item(values, value)
            chosen = item if value is wanted else chosen
        self.tree.expandAll()
        self.tree.blockSignals(False)
        self._retitle()
        if chosen is None and content.rhks:
            chosen = next((band.child(0) for band in bands.values() if band.childCount()), None)
        self.tree.setCurrentItem(chosen if chosen is not None else bands["UTAMA"])
        self._show_node(self.tree.currentItem())

    def _retitle(self) -> None:
        assert self._content is not None
        numbers = {id(rhk): number for number, rhk in self._content.numbered()}

        def visit(item: QTreeWidgetItem) -> None:
            node = item.data(0, NODE_ROLE)
            if isinstance(node, EditedRhk):
                item.setText(0, f"{numbers[id(node)]}. {node.text.strip() or _('RHK baru')}")
            elif isinstance(node, EditedIki):
                done = "● " if node.realisation.strip() else "○ "
                item.setText(0, done + (node.text.strip() or _("IKI baru")))
            elif isinstance(node, EditedValue):
                marks = len([remark for remark in node.feedback if not remark.empty])
                item.setText(0, f"{node.name} ({marks})" if marks else node.name)
            item.setToolTip(0, item.text(0))
            for place in range(item.childCount()):
                if (child := item.child(place)) is not None:
                    visit(child)

        for place in range(self.tree.topLevelItemCount()):
            top = self.tree.topLevelItem(place)
            if top is not None:
                visit(top)

    def _show_node(self, item: QTreeWidgetItem | None) -> None:
        node = item.data(0, NODE_ROLE) if item is not None else None
        self.add_iki_button.setEnabled(self._current_rhk() is not None)
        self.remove_button.setEnabled(isinstance(node, EditedRhk | EditedIki))
        if isinstance(node, EditedRhk):
            self.rhk_form.show_node(node, editable=self._editable)
            self.forms.setCurrentWidget(self.rhk_form)
        elif isinstance(node, EditedIki):
            leader = self._content is not None and self._content.kind == "JPT"
            self.iki_form.show_node(node, editable=self._editable, leader=leader)
            self.forms.setCurrentWidget(self.iki_form)
        elif isinstance(node, EditedValue):
            self.value_form.show_node(node, editable=self._editable)
            self.forms.setCurrentWidget(self.value_form)
        else:
            self.forms.setCurrentWidget(self.nothing)


def _band(tree: QTreeWidget, text: str, code: str) -> QTreeWidgetItem:
    item = QTreeWidgetItem(tree, [text])
    item.setData(0, NODE_ROLE, code)
    font = item.font(0)
    font.setBold(True)
    item.setFont(0, font)
    return item


def _item(parent: QTreeWidgetItem, node: object) -> QTreeWidgetItem:
    item = QTreeWidgetItem(parent, [""])
    item.setData(0, NODE_ROLE, node)
    return item
