"""The form of an event: everything on one page, checked while it is filled."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from asn_desktop.core.catalogue import Field
from asn_desktop.core.errors import InputError
from asn_desktop.core.i18n import _
from asn_desktop.core.issues import Issue, Severity
from asn_desktop.gui import messages, theme
from asn_desktop.gui.dialogs import Dialog
from asn_desktop.gui.editors import OptionalNumber, editor_of
from asn_desktop.gui.forms import Form, FormField
from asn_desktop.gui.inputs import Choice, IssueList, RupiahField, resize_within, set_number
from asn_desktop.gui.tasks import Runner
from asn_desktop.gui.widgets import DateField
from asn_desktop.training.commands import SaveEvent
from asn_desktop.training.fields import EVENT
from asn_desktop.training.queries import EventDetail
from asn_desktop.training.rules import EventFacts, check_event
from asn_desktop.training.service import EventSaved, TrainingService

_REQUIRED = frozenset({"name", "form", "competence", "starts", "ends", "jp"})


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
            self.page.set_values(detail.values)
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
        self.starts, self.ends = DateField(self, name=_("Mulai")), DateField(self, name=_("Selesai"))
        self.jp = OptionalNumber(0, 2000, self)
        times, notes = QLineEdit(self), QPlainTextEdit(self)
        times.setPlaceholderText(_("08.00–16.00"))
        notes.setTabChangesFocus(True)
        notes.setFixedHeight(theme.tokens().px(64))
        own: dict[str, QWidget] = {
            "name": self.name, "form": self.form, "starts": self.starts, "ends": self.ends, "times": times,
            "jp": self.jp, "quota": OptionalNumber(1, 100_000, self), "budget": RupiahField(self),
            "spent": RupiahField(self), "notes": notes,
        }  # fmt: skip

        def make(field: Field) -> FormField:
            editor = own[field.key] if field.key in own else editor_of(field)
            return FormField(field.key, field.name, editor, hint=_(field.screen.hint), required=field.key in _REQUIRED)

        self.page = Form(self, columns=12)
        for section in EVENT.sections:
            self.page.add_fields(EVENT, section, make)
        self.page.finish()
        self.page.submitted.connect(self.save)
        self.body.addWidget(self.page, 1)
        self.warnings = IssueList(self)
        self.body.addWidget(self.warnings)

    @property
    def fields(self) -> dict[str, FormField]:
        return self.page.fields

    def _watch(self) -> None:
        for field in self.fields.values():
            field.changed.connect(self._timer.start)
        self.form.currentIndexChanged.connect(self._propose_jp)
        self.jp.textEdited.connect(lambda _text: self._note_jp())
        self.starts.date_changed.connect(self._started)

    def _fill_draft(self, draft: SaveEvent) -> None:
        """What is known of an event that does not exist yet; JP is proposed from its form."""
        self.page.set_values(asdict(draft) | {"jp": None})
        self._propose_jp()

    # -- while it is filled -------------------------------------------------------------------------------

    def _note_jp(self) -> None:
        self._jp_typed = True

    def _propose_jp(self) -> None:
        form = next((form for form in self._service.forms() if form.code == self.form.value), None)
        if form is not None:
            jp = self._service.default_jp(form, self.starts.value or date.today())  # noqa: DTZ011 - only a default
            if not self._jp_typed and jp is not None:
                set_number(self.jp, jp)

    def _started(self, day: object) -> None:
        if isinstance(day, date) and (self.ends.value is None or self.ends.value < day):
            self.ends.set_value(day)

    def command(self) -> SaveEvent | list[Issue]:
        """What the form asks for, or the errors that keep it from asking."""
        issues = []
        values = self.page.values() | {"funding": self.fields["funding"].value or None}
        for key, field in self.fields.items():
            editor = field.editor
            if isinstance(editor, DateField):
                editor.commit()
            if isinstance(editor, DateField | RupiahField) and editor.error:
                issues.append(Issue("unreadable", editor.error, field=key))
                values[key] = None
        facts = EventFacts(**{key: values[key] for key in EventFacts.__slots__})
        issues += check_event(facts, {form.code for form in self._service.forms()})
        if any(issue.severity is Severity.ERROR for issue in issues):
            return issues
        row = self._detail.row if self._detail else None
        return SaveEvent(**values, event_id=row.id if row else None, expected_version=row.version if row else None)

    def check(self) -> None:
        """Show the warnings of what is filled so far; errors wait until saving."""
        wanted = self.command() if self.starts.value and self.ends.value else []
        found = self._service.check(wanted) if isinstance(wanted, SaveEvent) else []
        self.warnings.set_issues(issue for issue in found if issue.severity is not Severity.ERROR)

    def save(self) -> None:
        wanted = self.command()
        if not isinstance(wanted, SaveEvent):
            self.page.show_issues(wanted)
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
            self.page.show_issues(error.issues)
        else:
            messages.show_error(self, error)
