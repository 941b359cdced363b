"""The selected event beside the calendar: facts, state, people, and what should be looked at."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFormLayout, QFrame, QHBoxLayout, QMenu, QScrollArea, QStackedWidget, QWidget

from asn_desktop.core.i18n import N_, _
from asn_desktop.core.issues import Issue, Severity
from asn_desktop.gui import theme
from asn_desktop.gui.dialogs import SidePanel
from asn_desktop.gui.inputs import IssueList
from asn_desktop.gui.row_table import Column, RowTable
from asn_desktop.gui.training.words import event_tone, others_words, participant_tone, people_title, places
from asn_desktop.gui.widgets import Chip, EmptyState, SectionTitle, button, label, rule, tool_button
from asn_desktop.training.fields import EVENT
from asn_desktop.training.queries import EventDetail, ParticipantRow
from asn_desktop.training.rules import (
    COMPETENCES,
    EVENT_STATES,
    FUNDING_SOURCES,
    PARTICIPANT_STATES,
    TAKES_PLACE,
    TRANSITIONS,
    EventState,
    ParticipantState,
    date_span,
    rupiah_short,
)
from asn_desktop.training.rules import label as word

_MORE = [field for field in EVENT.fields if field.screen.panel]
"""What the catalogue lets the panel show as it is."""
_VERBS: dict[EventState, str] = {
    EventState.OPEN: N_("Buka pendaftaran"),
    EventState.RUNNING: N_("Mulai kegiatan"),
    EventState.DONE: N_("Selesaikan"),
    EventState.POSTPONED: N_("Tunda …"),
    EventState.CANCELLED: N_("Batalkan …"),
    EventState.PLANNED: N_("Kembalikan ke rencana"),
}


class EventPanel(QStackedWidget):
    """Shows one event, or what this place is for. What the person wants goes out as signals."""

    worksheet_wanted = Signal()
    edit_wanted = Signal()
    state_wanted = Signal(str)
    add_wanted = Signal()
    attendance_wanted = Signal()
    participant_state_wanted = Signal(int, str)
    remove_wanted = Signal(int)
    person_opened = Signal(int)
    """The employee of a double-clicked participant."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.detail: EventDetail | None = None
        self._issues: dict[int, list[Issue]] = {}
        self._people: list[ParticipantRow] = []
        self._others_shown = False
        self._empty = SidePanel(self)
        self._empty.set_heading(_("Kegiatan"))
        hint = EmptyState(
            "calendar-days",
            _("Pilih kegiatan"),
            _("Klik kegiatan pada kalender untuk melihat peserta, kehadiran, dan JP-nya."),
            parent=self._empty,
        )
        for line in (hint.title_label, hint.text_label):
            line.setMinimumWidth(0)
        self._empty.body.addWidget(hint, 1)
        self._panel = SidePanel(self)
        self._build(self._panel)
        self.addWidget(self._empty)
        self.addWidget(self._panel)

    # -- building -----------------------------------------------------------------------------------------

    def _build(self, panel: SidePanel) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.SPACE)
        self._state = Chip("", "neutral", panel)
        head.addWidget(self._state)
        head.addStretch(1)
        self._state_button = button(_("Ubah status"), kind="ghost", parent=panel)
        self._state_button.setProperty("hasmenu", True)
        self._state_menu = QMenu(self._state_button)
        self._state_button.setMenu(self._state_menu)
        head.addWidget(self._state_button)
        head.addWidget(tool_button("pencil", _("Ubah kegiatan"), parent=panel, clicked=self.edit_wanted.emit))
        panel.body.addLayout(head)
        # Facts and people scroll apart, so that in a low window neither pushes the other out.
        self._area = QScrollArea(panel)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._inside = self._facts(self._area)
        self._inside.setProperty("clear", True)
        self._area.setWidget(self._inside)
        self._area.setMinimumHeight(theme.tokens().px(24))
        panel.body.addWidget(self._area, 3)
        panel.body.addWidget(rule(panel))
        line = QHBoxLayout()
        self._people_title = SectionTitle(_("Peserta"), panel)
        line.addWidget(self._people_title, 1)
        worksheet = tool_button("file-spreadsheet", _("Lembar kerja peserta (Excel)"), parent=panel)
        worksheet.clicked.connect(self.worksheet_wanted)
        line.addWidget(worksheet)
        self.attendance_button = button(_("Kehadiran"), icon="list-checks", parent=panel)
        self.attendance_button.clicked.connect(self.attendance_wanted)
        line.addWidget(self.attendance_button)
        panel.body.addLayout(line)
        self.warnings = IssueList(panel)
        panel.body.addWidget(self.warnings)
        self.people = RowTable(self._columns(), lambda row: row.id, panel, name=_("Peserta"))
        self.people.horizontalHeader().hide()
        self.people.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.people.customContextMenuRequested.connect(self._open_menu)
        self.people.opened.connect(lambda row: self.person_opened.emit(row.employee_id))
        self.people.setMinimumHeight(self.people.row_height() + 4)
        panel.body.addWidget(self.people, 2)
        self._nobody = label(_("Belum ada peserta."), "secondary", wrap=True, parent=panel)
        panel.body.addWidget(self._nobody)
        self.others_button = button("", kind="link", parent=panel, clicked=self._fold_others)
        panel.body.addWidget(self.others_button, 0, Qt.AlignmentFlag.AlignLeft)
        panel.body.addStretch(0)
        self.add_button = button(_("Tambah peserta"), icon="user-plus", parent=panel)
        self.add_button.clicked.connect(self.add_wanted)
        panel.body.addWidget(self.add_button)

    def _columns(self) -> list[Column[ParticipantRow]]:
        return [
            Column(_("Nama"), lambda row: row.name, self._second_line, stretch=True),
            Column(
                _("Status"),
                lambda row: word(PARTICIPANT_STATES, row.state),
                tone=lambda row: participant_tone(row.state),
                width=106,
            ),
        ]

    def _second_line(self, row: ParticipantRow) -> str:
        found = self._issues.get(row.employee_id)
        if found:
            return _("Perlu diperiksa: {text}").format(text=found[0].message)
        if row.state == ParticipantState.ATTENDED:
            number = _(" · {number}").format(number=row.certificate_number) if row.certificate_number else ""
            return _("{jp} JP diakui").format(jp=row.jp_credited or 0) + number
        return row.unit or row.position

    def _facts(self, panel: QWidget) -> QWidget:
        frame = QWidget(panel)
        form = QFormLayout(frame)
        form.setContentsMargins(0, 4, 0, 4)
        form.setHorizontalSpacing(theme.GAP)
        form.setVerticalSpacing(theme.SPACE_SMALL)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._values = {}
        for key, name in (
            ("dates", _("Waktu")), ("place", _("Tempat")), *((field.key, field.name) for field in _MORE),
            ("places", _("Peserta")), ("money", _("Dana")), ("reason", _("Alasan")), ("notes", _("Catatan")),
        ):  # fmt: skip
            value = label("", wrap=True, parent=frame)
            self._values[key] = value
            form.addRow(label(name, "secondary", parent=frame), value)
        self._form = form
        return frame

    # -- showing ------------------------------------------------------------------------------------------

    def show_event(
        self, detail: EventDetail | None, people: list[ParticipantRow], issues: dict[int, list[Issue]]
    ) -> None:
        """Show an event with its people; None shows what the panel is for."""
        self.detail = detail
        self._issues = issues
        if detail is None:
            self.setCurrentWidget(self._empty)
            return
        row = detail.row
        self._panel.set_heading(row.name, f"{row.form_name} · {word(COMPETENCES, row.competence)} · {row.code}")
        self._state.set_content(word(EVENT_STATES, row.state), event_tone(row.state))
        money = ""
        if row.budget is not None or row.spent is not None or row.funding:
            source = word(FUNDING_SOURCES, row.funding) or _("sumber belum dipilih")
            money = _("{spent} dari {budget} · {source}").format(
                spent=rupiah_short(row.spent or 0), budget=rupiah_short(row.budget), source=source
            )
        texts = {
            "dates": date_span(row.starts, row.ends) + (f", {row.times}" if row.times else ""),
            "place": row.place,
            **{field.key: field.say(detail.values[field.key]).replace(";", ",") for field in _MORE},
            "places": _("{places} · {jp} JP").format(places=places(row), jp=row.jp),
            "money": money,
            "reason": detail.values["state_reason"],
            "notes": detail.values["notes"],
        }
        for key, text in texts.items():
            self._values[key].setText(text)
            self._form.setRowVisible(self._values[key], bool(text))
        self._fill_states(row.state)
        self._show_people(people)
        self.setCurrentWidget(self._panel)
        self._fit_facts()

    def _fit_facts(self) -> None:
        """The facts take the height their texts need, never more."""
        width = self._area.viewport().width()
        form = self._inside.layout()
        if form is not None:
            needed = form.heightForWidth(width) if form.hasHeightForWidth() else form.sizeHint().height()
            self._area.setMaximumHeight(needed + 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_facts()

    def _fill_states(self, state: str) -> None:
        self._state_menu.clear()
        for target in TRANSITIONS[EventState(state)]:
            action = self._state_menu.addAction(_(_VERBS[target]))
            action.triggered.connect(lambda _checked=False, value=target.value: self.state_wanted.emit(value))

    def _show_people(self, people: list[ParticipantRow]) -> None:
        assert self.detail is not None
        row = self.detail.row
        if self._people and people and self._people[0].event_id != people[0].event_id:
            self._others_shown = False
        self._people = people
        active = [person for person in people if person.state in TAKES_PLACE]
        others = len(people) - len(active)
        shown = people if self._others_shown or not active else active
        self.people.set_rows(shown, row.id)
        self.people.setVisible(bool(people))
        self._nobody.setVisible(not people)
        self._people_title.setText(people_title(len(active)))
        self.others_button.setVisible(bool(active and others))
        self.others_button.setText(others_words(others, shown=self._others_shown))
        gone = row.state in (EventState.CANCELLED, EventState.POSTPONED)
        self.attendance_button.setVisible(bool(people))
        self.attendance_button.setEnabled(not gone)
        self.add_button.setEnabled(row.state != EventState.CANCELLED)
        found = sum(1 for person in people if person.employee_id in self._issues)
        self.warnings.set_issues([_summary(found)] if found else [])

    def _fold_others(self) -> None:
        """Who is in reserve, withdrew or stayed away fills no place, and stands below those who do."""
        self._others_shown = not self._others_shown
        self._show_people(self._people)

    # -- the menu of a participant ------------------------------------------------------------------------

    def _open_menu(self, place: QPoint) -> None:
        self._person_menu().popup(self.people.viewport().mapToGlobal(place))

    def _person_menu(self) -> QMenu:
        menu = QMenu(self.people)
        row = self.people.row()
        if row is None:
            return menu
        for state, text in (
            (ParticipantState.APPROVED, _("Setujui")),
            (ParticipantState.NOMINATED, _("Angkat dari daftar tunggu")),
            (ParticipantState.RESERVE, _("Pindahkan ke daftar tunggu")),
            (ParticipantState.WITHDRAWN, _("Mengundurkan diri")),
        ):
            if state != row.state and (state != ParticipantState.NOMINATED or row.state == ParticipantState.RESERVE):
                action = menu.addAction(text)
                action.triggered.connect(
                    lambda _checked=False, number=row.id, value=state.value: self.participant_state_wanted.emit(
                        number, value
                    )
                )
        menu.addSeparator()
        remove = menu.addAction(_("Keluarkan dari daftar"))
        remove.triggered.connect(lambda _checked=False, number=row.id: self.remove_wanted.emit(number))
        menu.addAction(_("Buka data pegawai")).triggered.connect(
            lambda _checked=False, number=row.employee_id: self.person_opened.emit(number)
        )
        return menu


def _summary(count: int) -> Issue:
    return Issue(
        "participants_to_check",
        _("{n} peserta perlu diperiksa.").format(n=count),
        Severity.WARNING,
    )
