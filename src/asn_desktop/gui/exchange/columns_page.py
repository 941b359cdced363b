"""Second page: what the headings of the workbook were taken for, and the way to correct that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QListWidget,
    QListWidgetItem,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from asn_desktop.core.columns import masked
from asn_desktop.core.i18n import _
from asn_desktop.exchange.plan import ImportPlan, SheetSummary
from asn_desktop.exchange.service import ExchangeService
from asn_desktop.gui import theme
from asn_desktop.gui.exchange.job_panel import grouped
from asn_desktop.gui.widgets import Card, combo, label

_LETTER, _HEADING, _SAMPLE, _FIELD, _STATE = range(5)
_AT_ONCE = 10


class ColumnsPage(QWidget):
    """One line per column of the sheet at hand. ``changed`` is emitted after every correction."""

    changed = Signal()

    def __init__(self, exchange: ExchangeService, parent: QWidget) -> None:
        super().__init__(parent)
        self._exchange = exchange
        self._plan: ImportPlan | None = None
        self._mappings: dict[str, dict[int, str]] = {}
        self.sheet_answers: dict[str, str] = {}
        """Sheets ticked or unticked by the person, as answers to the question whether they are meant."""
        self._asked_sheets: set[str] = set()
        self._columns: list[int] = []
        self._built = 0
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._build_some)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(theme.GAP)
        self.summary = label("", "strong", wrap=True, parent=self)
        outer.addWidget(self.summary)
        row = QHBoxLayout()
        row.setSpacing(theme.GAP)
        self._sheet_card = Card(_("Lembar"), self)
        self.sheets = QListWidget(self._sheet_card)
        self.sheets.setAccessibleName(_("Lembar di berkas"))
        self.sheets.currentRowChanged.connect(self._show_sheet)
        self.sheets.itemChanged.connect(self._tick_sheet)
        self._sheet_card.body.addWidget(self.sheets)
        self.sheets.setWordWrap(True)
        self.sheets.setSpacing(2)
        self.sheets.setResizeMode(QListWidget.ResizeMode.Adjust)  # wrapped lines follow the width
        self.sheets.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        row.addWidget(self._sheet_card)
        card = Card(parent=self, margins=0)
        self.table = self._table(card)
        card.body.addWidget(self.table)
        row.addWidget(card, 1)
        outer.addLayout(row, 1)
        self.problem = label("", "error", wrap=True, parent=self)
        outer.addWidget(self.problem)
        self.remember = QCheckBox(_("Ingat pengaturan kolom ini untuk berkas dengan susunan yang sama"), self)
        self.remember.setChecked(True)
        outer.addWidget(self.remember)

    def _table(self, parent: QWidget) -> QTableWidget:
        table = QTableWidget(0, 5, parent)
        table.setHorizontalHeaderLabels(
            [_("Kolom"), _("Judul di berkas"), _("Contoh isi"), _("Dipakai sebagai"), _("Keterangan")]
        )
        table.setAccessibleName(_("Kolom berkas"))
        table.verticalHeader().hide()
        table.setStyleSheet(f"QComboBox {{ border-radius: {theme.RADIUS}px; }}")  # in tables they are square
        table.setShowGrid(False)
        table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(_HEADING, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(_SAMPLE, QHeaderView.ResizeMode.Stretch)
        table.setColumnWidth(_LETTER, theme.tokens().px(70))
        table.verticalHeader().setDefaultSectionSize(theme.tokens().px(42))
        return table

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, headings and samples get what the lists can spare."""
        super().resizeEvent(event)
        px = theme.tokens().px
        narrow = self.width() < px(900)
        self._sheet_card.setFixedWidth(px(214 if narrow else 240))
        self.table.setColumnWidth(_FIELD, px(190 if narrow else 230))
        self.table.setColumnWidth(_STATE, px(110 if narrow else 170))

    # -- contents -----------------------------------------------------------------------------------------

    def set_plan(self, plan: ImportPlan) -> None:
        """Show a fresh reading; corrections not yet read are forgotten."""
        self._plan = plan
        self._mappings = {}
        self.sheet_answers = {}
        self._asked_sheets = {
            question.subject for question in plan.questions if question.kind == "sheet" and not question.default
        }
        self.sheets.blockSignals(True)
        current = max(0, self.sheets.currentRow())
        self.sheets.clear()
        for sheet in plan.sheets:
            item = QListWidgetItem(_("{name}\n{n} baris").format(name=sheet.sheet, n=grouped(sheet.rows)), self.sheets)
            if sheet.hidden:
                item.setText(item.text() + _(" · tersembunyi"))
            item.setToolTip(_("Lembar tersembunyi di Excel") if sheet.hidden else sheet.sheet)
            if sheet.sheet in self._asked_sheets:
                item.setText(item.text() + _(" · ditanyakan"))
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsUserCheckable)
                item.setCheckState(Qt.CheckState.Unchecked)
            else:
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                item.setCheckState(Qt.CheckState.Unchecked if sheet.left_out else Qt.CheckState.Checked)
        self.sheets.setCurrentRow(min(current, len(plan.sheets) - 1))
        self.sheets.blockSignals(False)
        self._sheet_card.setVisible(len(plan.sheets) > 1)
        self._show_sheet()

    @property
    def corrected(self) -> Mapping[str, Mapping[int, str]]:
        """The sheets whose mapping differs from the reading, with their whole mapping."""
        if self._plan is None:
            return {}
        return {
            sheet.sheet: self._mappings[sheet.sheet]
            for sheet in self._plan.sheets
            if sheet.sheet in self._mappings and self._mappings[sheet.sheet] != dict(sheet.mapping)
        }

    @property
    def read_again(self) -> bool:
        """Whether the person has said something that the workbook was not read with."""
        return bool(self.corrected or self.sheet_answers)

    def _tick_sheet(self, item: QListWidgetItem) -> None:
        assert self._plan is not None
        sheet = self._plan.sheets[self.sheets.row(item)]
        wanted = item.checkState() is Qt.CheckState.Checked
        if wanted is not sheet.left_out:
            self.sheet_answers.pop(f"sheet:{sheet.sheet}", None)
        else:
            self.sheet_answers[f"sheet:{sheet.sheet}"] = "read" if wanted else "skip"
        self.changed.emit()

    @property
    def clashes(self) -> list[str]:
        """Labels of fields that two columns of one sheet claim."""
        found = []
        for mapping in self._mappings.values():
            for field, count in Counter(mapping.values()).items():
                if count > 1 and self._stored(field):
                    found.append(self._exchange.label(field))
        return found

    def _stored(self, key: str) -> bool:
        """Whether a field is stored: reading aids (running number) may stand twice."""
        return any(column.key == key for column in self._exchange.fields(self._kind))

    def _sheet(self) -> SheetSummary | None:
        row = self.sheets.currentRow()
        return self._plan.sheets[row] if self._plan is not None and 0 <= row < len(self._plan.sheets) else None

    def _show_sheet(self) -> None:
        sheet = self._sheet()
        if sheet is None:
            return
        self._columns = sorted(sheet.headings)
        self.table.setRowCount(0)  # also removes the lists of the sheet before
        self.table.setRowCount(len(self._columns))
        self._built = 0
        for row, column in enumerate(self._columns):
            self.table.setItem(row, _LETTER, QTableWidgetItem(_letter(sheet, column)))
            heading = QTableWidgetItem(" ".join(sheet.headings[column].split()) or _("(tanpa judul)"))
            heading.setToolTip(sheet.headings[column])
            self.table.setItem(row, _HEADING, heading)
            self.table.setItem(row, _SAMPLE, QTableWidgetItem(""))
            self.table.setItem(row, _STATE, QTableWidgetItem(""))
        self._say()
        self._build_some()

    def _build_some(self) -> None:
        """A few drop-down lists at a time: the 60 of a national export at once would hold up the window."""
        self._build_until(self._built + _AT_ONCE)
        if self._built < len(self._columns):
            self._later.start()

    def _build_until(self, count: int) -> None:
        sheet = self._sheet()
        if sheet is None:
            return
        mapping = self._mappings.get(sheet.sheet, dict(sheet.mapping))
        for row in range(self._built, min(count, len(self._columns))):
            column = self._columns[row]
            self.table.setCellWidget(row, _FIELD, self._chooser(sheet, column, mapping.get(column, "")))
            self._built = row + 1

    def _chooser(self, sheet: SheetSummary, column: int, key: str) -> QWidget:
        holder = QWidget(self.table)
        layout = QHBoxLayout(holder)
        layout.setContentsMargins(0, 4, 8, 4)
        choices = [("", _("– tidak dipakai –"))]
        suggested = sheet.suggestions.get(column, "")
        if suggested:
            choices.append((suggested, _("{field} (mirip)").format(field=self._exchange.label(suggested))))
        known = [(each.key, _(each.label)) for each in self._exchange.fields(self._kind)]
        choices += [choice for choice in known if choice[0] != suggested]
        if key and all(value != key for value, _text in choices):
            choices.insert(1, (key, self._exchange.label(key)))
        box = combo(choices, parent=holder)
        box.setFixedHeight(theme.tokens().px(32))
        box.setCurrentIndex(max(0, box.findData(key)))
        box.setAccessibleName(_("Kolom {letter} dipakai sebagai").format(letter=_letter(sheet, column)))
        box.activated.connect(lambda _index: self._choose(sheet, column, box))
        layout.addWidget(box)
        return holder

    @property
    def _kind(self) -> str:
        assert self._plan is not None
        return self._plan.kind

    def chooser(self, column: int) -> QComboBox:
        """The drop-down list of a column of the sheet at hand."""
        row = self._columns.index(column)
        self._build_until(row + 1)
        holder = self.table.cellWidget(row, _FIELD)
        found = holder.findChild(QComboBox)
        assert isinstance(found, QComboBox)
        return found

    def _choose(self, sheet: SheetSummary, column: int, box: QComboBox) -> None:
        mapping = self._mappings.setdefault(sheet.sheet, dict(sheet.mapping))
        key = str(box.currentData())
        if key:
            mapping[column] = key
        else:
            mapping.pop(column, None)
        self._say()
        self.changed.emit()

    # -- words --------------------------------------------------------------------------------------------

    def _say(self) -> None:
        sheet = self._sheet()
        if sheet is None:
            return
        mapping = self._mappings.get(sheet.sheet, dict(sheet.mapping))
        taken = Counter(mapping.values())
        open_columns = 0
        for row, column in enumerate(self._columns):
            key = mapping.get(column, "")
            text, tone = self._state(sheet, column, key, doubled=bool(key) and taken[key] > 1)
            open_columns += tone == "attention"
            sample, item = self.table.item(row, _SAMPLE), self.table.item(row, _STATE)
            assert item is not None
            assert sample is not None
            values = self._sample(sheet, column, key)
            sample.setText(" · ".join(values))
            sample.setToolTip("\n".join(values))
            item.setText(text)
            item.setForeground(theme.color(theme.tone(tone).ink if tone != "muted" else theme.tokens().muted))
        used = _("{used} dari {total} kolom dipakai.").format(used=len(mapping), total=len(self._columns))
        place = _("Judul ditemukan di baris {row}.").format(row=sheet.header_row)
        todo = (
            _("{n} kolom belum dikenal: pilih isinya bila perlu.").format(n=open_columns)
            if open_columns
            else _("Semua kolom yang diperlukan sudah dikenali.")
        )
        self.summary.setText(f"{used} {todo} {place}")
        clashes = self.clashes
        self.problem.setVisible(bool(clashes))
        if clashes:
            text = _("Dua kolom memakai isian yang sama: {fields}. Pilih salah satu.")
            self.problem.setText(text.format(fields=", ".join(clashes)))

    def _sample(self, sheet: SheetSummary, column: int, key: str) -> list[str]:
        """A few values as they stand; specific personal data as :func:`masked` shows it, each spelling once."""
        sensitive = any(each.key == key and each.sensitive for each in self._exchange.fields(self._kind))
        values = [" ".join(value.split()) for value in sheet.samples.get(column, ())]
        return list(dict.fromkeys(masked(value) for value in values)) if sensitive else values

    def _state(self, sheet: SheetSummary, column: int, key: str, *, doubled: bool) -> tuple[str, str]:
        if doubled and self._stored(key):
            return _("Dipilih dua kali"), "bad"
        if key:
            original = sheet.mapping.get(column, "")
            return (_("Dikenali"), "good") if key == original else (_("Dipilih oleh Anda"), "info")
        if column in sheet.contested:
            return _("Ditanyakan berikutnya"), "attention"
        if column in sheet.not_taken:
            return _("Dikenal, tidak disimpan"), "muted"
        if column in sheet.suggestions:
            field = self._exchange.label(sheet.suggestions[column])
            return _("Mungkin {field}?").format(field=field), "attention"
        if column in sheet.unknown:
            return _("Tidak dikenal"), "attention"
        return _("Tidak dipakai"), "muted"


def _letter(sheet: SheetSummary, column: int) -> str:
    return sheet.letters.get(column) or column_letter(column)


def column_letter(column: int) -> str:
    """Excel's name of a column that counts from 0: 0 → A, 27 → AB."""
    text = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(65 + rest) + text
    return text
