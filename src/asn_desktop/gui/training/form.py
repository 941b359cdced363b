"""The form of an event: everything on one page, checked while it is filled."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from asn_desktop.core.errors import InputError
from asn_desktop.core.i18n import _
from asn_desktop.core.issues import Issue, Severity
from asn_desktop.gui import messages, theme
from asn_desktop.gui.dialogs import Dialog
from asn_desktop.gui.editors import OptionalNumber
from asn_desktop.gui.forms import FormField
from asn_desktop.gui.inputs import Choice, IssueList, RupiahField, resize_within, row_of, set_number, show_errors
from asn_desktop.gui.tasks import Runner
from asn_desktop.gui.widgets import DateField
from asn_desktop.training.commands import SaveEvent
from asn_desktop.training.queries import EventDetail
from asn_desktop.training.rules import COMPETENCES, FUNDING_SOURCES
from asn_desktop.training.service import EventSaved, TrainingService


class EventDialog(Dialog):
    """Add an event (``detail`` None) or change one. ``saved(EventSaved)`` before it closes.

    A new one begins on ``day``, or with what ``draft`` knows of it.
    """

    saved = Signal(object)

    asks_first = True

    def __init__(
        self,
        service: TrainingService,
        runner: Runner,
        parent: QWidget | None = None,
        *,
        detail: EventDetail | None = None,
        day: date | None = None,
        draft: SaveEvent | None = None,
    ) -> None:
        title = _("Tambah kegiatan pelatihan") if detail is None else _("Ubah kegiatan pelatihan")
        super().__init__(title, parent, subtitle=_("1 JP = 45 menit. Peringatan tidak menghalangi penyimpanan."))
        self._service, self._runner, self._detail = service, runner, detail
        self._jp_typed = detail is not None
        self._build()
        if detail is not None:
            self._fill(detail)
        elif draft is not None:
            self._fill_draft(draft)
        elif day is not None:
            self.starts.set_value(day)
            self.ends.set_value(day)
        self.add_cancel()
        self.save_button = self.add_primary(_("Simpan kegiatan"), self.save)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(250)
        self._timer.timeout.connect(self.check)
        self._watch()
        resize_within(self, 680, 690)
        self.name.setFocus()
        self.check()

    # -- building -----------------------------------------------------------------------------------------

    def _build(self) -> None:
        forms = [(form.code, f"{form.name} ({form.channel})") for form in self._service.forms()]
        self.name = QLineEdit(self)
        self.form = Choice(forms, self, empty=_("Pilih bentuk"))
        self.competence = Choice(
            [(key, _(text)) for key, text in COMPETENCES.items()], self, empty=_("Pilih kompetensi")
        )
        self.starts, self.ends = DateField(self, name=_("Mulai")), DateField(self, name=_("Selesai"))
        self.times = QLineEdit(self)
        self.times.setPlaceholderText(_("08.00–16.00"))
        self.jp = OptionalNumber(0, 2000, self)
        self.place, self.provider, self.speakers = QLineEdit(self), QLineEdit(self), QLineEdit(self)
        self.quota = OptionalNumber(0, 100_000, self)
        self.budget, self.spent = RupiahField(self), RupiahField(self)
        self.funding = Choice([(key, _(text)) for key, text in FUNDING_SOURCES.items()], self, empty=_("Belum dipilih"))
        self.notes = QPlainTextEdit(self)
        self.notes.setTabChangesFocus(True)
        self.notes.setFixedHeight(theme.tokens().px(64))
        self.fields = {
            "name": FormField("", _("Nama kegiatan"), self.name, self, required=True),
            "form": FormField("", _("Bentuk"), self.form, self, required=True),
            "competence": FormField("", _("Kompetensi"), self.competence, self, required=True),
            "starts": FormField("", _("Mulai"), self.starts, self, required=True),
            "ends": FormField("", _("Selesai"), self.ends, self, required=True),
            "times": FormField("", _("Jam"), self.times, self),
            "jp": FormField("", _("JP"), self.jp, self, required=True),
            "place": FormField("", _("Tempat atau tautan"), self.place, self),
            "provider": FormField("", _("Penyelenggara"), self.provider, self),
            "speakers": FormField("", _("Narasumber"), self.speakers, self, hint=_("Pisahkan dengan titik koma")),
            "quota": FormField("", _("Kuota"), self.quota, self, hint=_("Kosong = tidak dibatasi")),
            "budget": FormField("", _("Pagu (Rp)"), self.budget, self),
            "spent": FormField("", _("Realisasi (Rp)"), self.spent, self),
            "funding": FormField("", _("Sumber dana"), self.funding, self),
            "notes": FormField("", _("Catatan"), self.notes, self),
        }
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        inside = QWidget(area)
        inside.setProperty("clear", True)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(theme.GAP)
        for line in (
            (("name", 1),),
            (("form", 3), ("competence", 2)),
            (("starts", 3), ("ends", 3), ("times", 3), ("jp", 2)),
            (("place", 1), ("provider", 1)),
            (("speakers", 3), ("quota", 1)),
            (("budget", 1), ("spent", 1), ("funding", 1)),
            (("notes", 1),),
        ):
            column.addLayout(row_of(*((self.fields[key], stretch) for key, stretch in line)))
        column.addStretch(1)
        area.setWidget(inside)
        self.body.addWidget(area, 1)
        self.warnings = IssueList(self)
        self.body.addWidget(self.warnings)

    def _watch(self) -> None:
        for line in (self.name, self.place, self.provider, self.speakers, self.budget, self.spent):
            line.textChanged.connect(lambda _text: self._timer.start())
        for choice in (self.competence, self.funding):
            choice.currentIndexChanged.connect(lambda _index: self._timer.start())
        for number in (self.jp, self.quota):
            number.textChanged.connect(lambda _text: self._timer.start())
        self.form.currentIndexChanged.connect(lambda _index: self._form_chosen())
        self.jp.textEdited.connect(lambda _text: self._note_jp())
        self.starts.date_changed.connect(self._started)
        self.ends.date_changed.connect(lambda _day: self._timer.start())

    def _fill(self, detail: EventDetail) -> None:
        row = detail.row
        for line, text in (
            (self.name, row.name), (self.times, row.times), (self.place, row.place),
            (self.provider, row.provider), (self.speakers, detail.speakers),
        ):  # fmt: skip
            line.setText(text)
        self.form.set_value(row.form)
        self.competence.set_value(row.competence)
        self.funding.set_value(row.funding)
        self.starts.set_value(row.starts)
        self.ends.set_value(row.ends)
        set_number(self.jp, row.jp)
        set_number(self.quota, row.quota)
        self.budget.set_amount(row.budget)
        self.spent.set_amount(row.spent)
        self.notes.setPlainText(detail.notes)

    def _fill_draft(self, draft: SaveEvent) -> None:
        """What is known of an event that does not exist yet; JP is proposed from its form."""
        for line, text in ((self.name, draft.name), (self.place, draft.place), (self.provider, draft.provider)):
            line.setText(text)
        self.competence.set_value(draft.competence)
        self.starts.set_value(draft.starts)
        self.ends.set_value(draft.ends)
        self.form.set_value(draft.form)
        self._propose_jp()

    # -- while it is filled -------------------------------------------------------------------------------

    def _note_jp(self) -> None:
        self._jp_typed = True

    def _form_chosen(self) -> None:
        self._propose_jp()
        self._timer.start()

    def _propose_jp(self) -> None:
        form = next((form for form in self._service.forms() if form.code == self.form.value), None)
        if form is not None:
            jp = self._service.default_jp(form, self.starts.value or date.today())  # noqa: DTZ011 - only a default
            if not self._jp_typed and jp is not None:
                set_number(self.jp, jp)

    def _started(self, day: object) -> None:
        if isinstance(day, date) and (self.ends.value is None or self.ends.value < day):
            self.ends.set_value(day)
        self._timer.start()

    def command(self) -> SaveEvent | list[Issue]:
        """What the form asks for, or the errors that keep it from asking."""
        issues: list[Issue] = []
        amounts: dict[str, int | None] = {}
        for key, field in (("budget", self.budget), ("spent", self.spent)):
            try:
                amounts[key] = field.amount()
            except ValueError as error:
                issues.append(Issue("amount_unknown", str(error), field=key))
        for key, day in (("starts", self.starts), ("ends", self.ends)):
            if not day.commit():
                issues.append(Issue("date_unknown", day.error, field=key))
            elif day.value is None:
                issues.append(Issue("event_dates_missing", _("Tanggal belum diisi."), field=key))
        if self.jp.number is None:
            issues.append(Issue("event_jp_missing", _("JP belum diisi."), field="jp"))
        if issues or self.starts.value is None or self.ends.value is None or self.jp.number is None:
            if not self.name.text().strip():
                issues.insert(0, Issue("event_name_missing", _("Nama kegiatan belum diisi."), field="name"))
            if not self.form.value:
                issues.append(Issue("event_form_unknown", _("Bentuk pelatihan belum dipilih."), field="form"))
            if not self.competence.value:
                text = _("Jenis kompetensi belum dipilih.")
                issues.append(Issue("event_competence_unknown", text, field="competence"))
            return issues
        row = self._detail.row if self._detail else None
        return SaveEvent(
            self.name.text(), self.form.value, self.competence.value, self.starts.value, self.ends.value,
            self.jp.number, self.times.text(), self.place.text(), self.provider.text(), self.speakers.text(),
            self.quota.number, amounts["budget"], amounts["spent"], self.funding.value or None,
            self.notes.toPlainText(), event_id=row.id if row else None, expected_version=row.version if row else None,
        )  # fmt: skip

    def check(self) -> None:
        """Show the warnings of what is filled so far; errors wait until saving."""
        wanted = self.command() if self.starts.value and self.ends.value else []
        found = self._service.check(wanted) if isinstance(wanted, SaveEvent) else []
        self.warnings.set_issues(issue for issue in found if issue.severity is not Severity.ERROR)

    def save(self) -> None:
        wanted = self.command()
        if not isinstance(wanted, SaveEvent):
            show_errors(self.fields, wanted)
            return
        self.save_button.setEnabled(False)
        self._runner.run_write(
            lambda _progress: self._service.save_event(wanted, initiator=self),
            self._done,
            self._refused,
            title=_("Menyimpan kegiatan"),
            owner=self,
        )

    def _done(self, result: EventSaved) -> None:
        self.saved.emit(result)
        self.accept()

    def _refused(self, error: BaseException) -> None:
        self.save_button.setEnabled(True)
        if isinstance(error, InputError) and error.issues:
            show_errors(self.fields, error.issues)
        else:
            messages.show_error(self, error)
