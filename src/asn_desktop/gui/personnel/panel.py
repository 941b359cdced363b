"""This one: the selected employee, explained beside the list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from asn_desktop.core.changes import ChangeKind
from asn_desktop.core.i18n import N_, _
from asn_desktop.core.identifiers import format_nip
from asn_desktop.core.indonesian import format_clock, format_date, format_moment, format_number
from asn_desktop.core.issues import Issue
from asn_desktop.core.ranks import ranks_by_code
from asn_desktop.core.screen import Section
from asn_desktop.gui import theme
from asn_desktop.gui.widgets import Chip, SectionTitle, button, label, rule
from asn_desktop.personnel import rules
from asn_desktop.personnel.columns import CAREER, CONTACT, EDUCATION, IDENTITY, POST
from asn_desktop.personnel.completeness import missing
from asn_desktop.personnel.fields import EMPLOYEE
from asn_desktop.personnel.history import HistoryRow, field_label, show_value
from asn_desktop.personnel.queries import AssessorRow, EmployeeDetail, FormerPlacementRow, UnitHeadState

_SHOWN_CHANGES = 6
_NO_ASSESSOR = {
    UnitHeadState.NOBODY: N_(
        "Belum diketahui: unit ini belum memiliki pimpinan. Tetapkan pimpinan unit atau atasan langsung."
    ),
    UnitHeadState.SELF: N_(
        "Belum diketahui: pegawai ini memimpin unitnya, dan unit di atasnya belum memiliki pimpinan. Tetapkan atasan "
        "langsungnya."
    ),
    UnitHeadState.LEFT: N_(
        "Belum diketahui: pimpinan unit ini sudah tidak aktif. Tetapkan pimpinan baru atau atasan langsung."
    ),
    UnitHeadState.OTHER: N_("Belum diketahui. Tetapkan atasan langsung."),
}
_NO_BREAK = "/\N{WORD JOINER}"  # "(III/b)" stays on one line


@dataclass(frozen=True, slots=True)
class PersonCard:
    """What the panel shows: read in one go off the GUI thread."""

    detail: EmployeeDetail
    history: Sequence[HistoryRow]
    issues: Sequence[Issue]
    today: date


class PersonPanel(QFrame):
    """Identity, post, assessor, findings, former places and changes; below, what can be done."""

    edit_asked = Signal()
    leave_asked = Signal()
    return_asked = Signal()
    head_asked = Signal()
    fill_asked = Signal(str)
    """Open the form at this empty field."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self._card: PersonCard | None = None
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.setSpacing(0)
        self.area = QScrollArea(self)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.area.setAccessibleName(_("Rincian pegawai"))
        outer.addWidget(self.area, 1)
        self._foot = QFrame(self)
        row = QHBoxLayout(self._foot)
        row.setContentsMargins(16, 8, 16, 12)
        row.setSpacing(theme.SPACE)
        self.edit_button = button(_("Ubah"), icon="pencil", clicked=self.edit_asked.emit)
        self.leave_button = button(_("Nonaktifkan"), icon="user-x", clicked=self.leave_asked.emit)
        self.return_button = button(_("Aktifkan kembali"), icon="user-check", clicked=self.return_asked.emit)
        for one in (self.edit_button, self.leave_button, self.return_button):
            row.addWidget(one, 1)
        outer.addWidget(self._foot)
        self.show_nobody()

    @property
    def card(self) -> PersonCard | None:
        return self._card

    def show_nobody(self, chosen: int = 0) -> None:
        """Not one person: nobody, or several (``chosen``)."""
        self._card = None
        self._foot.hide()
        inside = QWidget()
        inside.setProperty("clear", True)
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 24, 24, 24)
        sentence = _("Pilih seorang pegawai untuk melihat jabatan, penilai, dan riwayatnya.")
        if chosen > 1:
            title = SectionTitle(_("{n} pegawai dipilih").format(n=format_number(chosen)))
            title.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(title)
            sentence = _("Ctrl+J menetapkan atasan langsung mereka, Ctrl+C menyalin barisnya. Klik satu baris untuk "
                         "melihat rinciannya.")  # fmt: skip
        text = label(sentence, "secondary", wrap=True)
        text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(text)
        if chosen > 1:
            column.addStretch(1)
        self.area.setWidget(inside)

    def wait_for(self, employee_id: int) -> None:
        """Somebody else is being read: nothing can be done with the one shown until then."""
        if self._card is not None and self._card.detail.row.id != employee_id:
            self._foot.setEnabled(False)

    def show_card(self, card: PersonCard) -> None:
        """Show somebody; the same person again keeps the place of reading."""
        again = self._card is not None and self._card.detail.row.id == card.detail.row.id
        place = self.area.verticalScrollBar().value() if again else 0
        self._card = card
        self.area.setWidget(self._content(card))
        self.area.verticalScrollBar().setValue(place)
        self._foot.show()
        self._foot.setEnabled(True)
        self.leave_button.setVisible(card.detail.row.active)
        self.return_button.setVisible(not card.detail.row.active)

    # -- content ------------------------------------------------------------------------------------------

    def _content(self, card: PersonCard) -> QWidget:
        inside = QWidget()
        inside.setProperty("clear", True)
        column = QVBoxLayout(inside)
        column.setContentsMargins(15, 13, 15, 12)
        column.setSpacing(theme.SPACE_SMALL)
        row, detail = card.detail.row, card.detail
        name = SectionTitle(row.name)
        name.setWordWrap(True)
        name.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(name)
        number = label(format_nip(row.nip) if row.nip else _("Belum ada NIP"), "secondary")
        number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(number)
        column.addSpacing(4)
        column.addLayout(self._chips(detail))
        column.addSpacing(4)
        if not row.active:
            column.addWidget(self._left(detail))
        self._missing(column, detail)
        if card.issues:
            self._section(column, _("Perlu diperiksa"))
            for issue in card.issues:
                column.addWidget(label(issue.message, "warning", wrap=True))
        self._section(column, _("Jabatan"))
        self._pairs(column, _post_lines(detail))
        self._section(column, _("Pejabat penilai"))
        self._assessor(column, detail)
        self._section(column, _("Pangkat dan masa kerja"))
        self._pairs(column, _career_lines(detail, card.today))
        self._section(column, _("Pribadi"))
        self._pairs(column, _personal_lines(detail, card.today))
        self._section(column, _("Riwayat jabatan"))
        self._former(column, detail.former)
        self._section(column, _("Riwayat perubahan"))
        self._changes(column, card.history, card.today)
        column.addStretch(1)
        return inside

    def _missing(self, column: QVBoxLayout, detail: EmployeeDetail) -> None:
        """Exactly what is missing, each with the way to its field."""
        found = missing(detail.values) if detail.row.active else ()
        if not found:
            return
        self._section(column, _("Belum diisi"))
        for key in found:
            line = QHBoxLayout()
            line.addWidget(label(field_label(key), "warning"))
            line.addStretch(1)
            fill = button(_("Isi"), kind="link", clicked=partial(self.fill_asked.emit, key))
            fill.setAccessibleName(_("Isi {field}").format(field=field_label(key)))
            line.addWidget(fill)
            column.addLayout(line)

    def _chips(self, detail: EmployeeDetail) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(Chip(show_value("employment_kind", detail.row.employment_kind), "neutral"))
        active = detail.row.active
        line.addWidget(Chip(_("Aktif") if active else _("Nonaktif"), "good" if active else "neutral"))
        if detail.row.rank:
            line.addWidget(Chip(detail.row.rank, "neutral"))
        line.addStretch(1)
        return line

    def _left(self, detail: EmployeeDetail) -> QLabel:
        since, reason = detail.values["inactive_since"], detail.values["inactive_reason"] or ""
        if since:
            text = _("Nonaktif sejak {day}: {reason}").format(day=format_date(since), reason=reason)
        else:
            text = _("Nonaktif: {reason}").format(reason=reason or detail.row.legal_status)
        return label(text, "secondary", wrap=True)

    def _section(self, column: QVBoxLayout, title: str) -> None:
        column.addSpacing(6)
        column.addWidget(rule())
        column.addSpacing(4)
        column.addWidget(label(title, "strong"))

    def _pairs(self, column: QVBoxLayout, pairs: Iterable[tuple[str, str]]) -> None:
        for caption, value in pairs:
            if value:
                column.addWidget(_pair(caption, value))

    def _assessor(self, column: QVBoxLayout, detail: EmployeeDetail) -> None:
        assessor = detail.assessor
        if assessor is None:
            column.addWidget(label(_(_NO_ASSESSOR[detail.head]), "warning", wrap=True))
        else:
            column.addWidget(label(assessor.name, wrap=True))
            column.addWidget(label(_assessor_note(assessor), "secondary", wrap=True))
        if detail.head is UnitHeadState.SELF:
            column.addWidget(label(_("Memimpin {unit}.").format(unit=detail.row.unit), "secondary", wrap=True))
        elif detail.row.active and detail.row.unit_id is not None:
            make_head = button(_("Jadikan pimpinan unit"), kind="link", clicked=self.head_asked.emit)
            line = QHBoxLayout()
            line.addWidget(make_head)
            line.addStretch(1)
            column.addLayout(line)

    def _former(self, column: QVBoxLayout, former: Sequence[FormerPlacementRow]) -> None:
        if not former:
            column.addWidget(label(_("Belum ada perpindahan tercatat."), "secondary", wrap=True))
        for place in former:
            column.addWidget(label(place.position or _("Tanpa jabatan"), wrap=True))
            last = format_date(place.until - timedelta(days=1))
            note = _("{unit} · sampai {day}").format(unit=place.unit or "–", day=last)
            column.addWidget(label(note, "secondary", wrap=True))

    def _changes(self, column: QVBoxLayout, changes: Sequence[HistoryRow], today: date) -> None:
        for change in changes[:_SHOWN_CHANGES]:
            column.addWidget(label(_change_text(change), wrap=True))
            when = datetime.fromisoformat(change.at)
            note = _("{when}, {user}").format(when=_moment(when, today), user=change.user)
            column.addWidget(label(note, "secondary", wrap=True))


def _pair(caption: str, value: str) -> QWidget:
    box = QWidget()
    line = QHBoxLayout(box)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(theme.SPACE)
    name = label(caption, "secondary", wrap=True)
    name.setFixedWidth(theme.tokens().px(92))
    name.setAlignment(Qt.AlignmentFlag.AlignTop)
    text = label(value, wrap=True)
    text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    line.addWidget(name)
    line.addWidget(text, 1)
    return box


def _more(detail: EmployeeDetail, section: Section) -> list[tuple[str, str]]:
    """What the catalogue lets the panel show of a section of the form, one line a field."""
    fields = [field for field in EMPLOYEE.on_form(section) if field.screen.panel]
    return [(field.name, field.say(detail.values[field.key])) for field in fields]


def _post_lines(detail: EmployeeDetail) -> list[tuple[str, str]]:
    row = detail.row
    return [
        (_("Jabatan"), row.position or _("Belum diisi")),
        (_("Unit kerja"), row.unit or _("Belum diisi")),
        (_("OPD"), row.opd if row.opd != row.unit else ""),
        *_more(detail, POST),
        (_("Bawahan"), _("{n} dengan penetapan").format(n=detail.subordinates) if detail.subordinates else ""),
    ]


def _career_lines(detail: EmployeeDetail, today: date) -> list[tuple[str, str]]:
    row, values = detail.row, detail.values
    known = ranks_by_code().get(row.rank or "")
    years, months = values["service_years"], values["service_months"]
    service = "" if years is None else _("{years} tahun {months} bulan").format(years=years, months=months or 0)
    return [
        (_("Golongan"), (known.printable if known else row.rank or _("Belum diisi")).replace("/", _NO_BREAK)),
        (_("TMT"), format_date(values["rank_tmt"])),
        (_("Masa kerja"), service),
        (_("TMT PPPK") if row.employment_kind.startswith("PPPK") else _("TMT CPNS"), format_date(values["cpns_tmt"])),
        *_more(detail, CAREER),
        (_("Akhir kontrak"), _contract(values["contract_end"], today)),
        (_("Kedudukan"), row.legal_status if row.legal_status != "Aktif" else ""),
    ]


def _contract(end: date | None, today: date) -> str:
    if end is None:
        return ""
    if end < today:
        return _("{day} (sudah lewat)").format(day=format_date(end))
    return format_date(end)


def _personal_lines(detail: EmployeeDetail, today: date) -> list[tuple[str, str]]:
    row, values = detail.row, detail.values
    born = ", ".join(part for part in (values["birth_place"], format_date(row.birth_date)) if part)
    age = _("{n} tahun").format(n=rules.age_on(row.birth_date, today)) if row.birth_date else ""
    school = " – ".join(part for part in (row.education_level, row.education) if part)
    if row.education and row.education_level and row.education.startswith(row.education_level):
        school = row.education
    return [
        (_("Lahir"), born),
        (_("Umur"), age),
        *_more(detail, IDENTITY),
        (_("Pendidikan"), school),
        *_more(detail, EDUCATION),
        *_more(detail, CONTACT),
    ]


def _assessor_note(assessor: AssessorRow) -> str:
    how = _("atasan langsung yang ditetapkan") if assessor.own else _("pimpinan unit")
    return " · ".join(part for part in (assessor.position, how) if part)


def _change_text(change: HistoryRow) -> str:
    if change.kind is not ChangeKind.UPDATE:
        return change.label
    if not change.fields:
        return change.label
    first = change.fields[0]
    text = _("{label}: {before} → {after}").format(
        label=first.label, before=first.before or "–", after=first.after or "–"
    )
    if len(change.fields) > 1:
        text += " " + _("dan {n} isian lain").format(n=len(change.fields) - 1)
    return text


def _moment(when: datetime, today: date) -> str:
    if when.date() == today:
        return _("Hari ini {clock}").format(clock=format_clock(when))
    return format_moment(when)
