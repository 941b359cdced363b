"""Confirm a proposal or change a running plan: kind, cause, goal, mentor, time, steps, a place in a training."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from asn_desktop.core.errors import InputError
from asn_desktop.core.i18n import _
from asn_desktop.core.issues import Issue
from asn_desktop.gui import messages, theme
from asn_desktop.gui.dialogs import Dialog
from asn_desktop.gui.forms import FormField
from asn_desktop.gui.inputs import Choice, IssueList, resize_within, row_of, show_errors
from asn_desktop.gui.remediation.mentor_field import MentorField
from asn_desktop.gui.remediation.steps_editor import StepsEditor
from asn_desktop.gui.tasks import Runner
from asn_desktop.gui.widgets import DateField, SectionTitle, label
from asn_desktop.remediation.commands import ChangePlan, ConfirmPlan, StepDraft
from asn_desktop.remediation.queries import PlanDetail
from asn_desktop.remediation.rules import KINDS, ROOT_CAUSES, PlanState, check_plan, suggested_steps
from asn_desktop.services import Services
from asn_desktop.training.queries import EventSpec
from asn_desktop.training.rules import date_span


class PlanDialog(Dialog):
    """``saved(object)`` with what the service answered, before it closes."""

    saved = Signal(object)

    asks_first = True

    def __init__(self, services: Services, runner: Runner, detail: PlanDetail, parent: QWidget | None = None) -> None:
        self._new = detail.row.state == PlanState.PROPOSED
        title = _("Tetapkan rencana pembinaan") if self._new else _("Ubah rencana pembinaan")
        super().__init__(title, parent, subtitle=f"{detail.row.name} · {detail.row.position or detail.row.unit}")
        self._services, self._runner, self._detail = services, runner, detail
        self._today = services.database.clock().date()
        self._build()
        self._fill()
        self.add_cancel()
        self.save_button = self.add_primary(_("Tetapkan") if self._new else _("Simpan"), self.save)
        self._watch()
        service, person = services.remediation, detail.row.employee_id
        runner.run_read(
            lambda _progress: service.mentor_suggestions(person), self.mentor.set_suggestions, owner=self.mentor
        )
        resize_within(self, 960, 700)  # the actions of the steps are whole sentences
        self.goal.setFocus()
        self._check()

    # -- building -----------------------------------------------------------------------------------------

    def _build(self) -> None:
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        inside = QWidget(area)
        inside.setProperty("clear", True)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(theme.GAP)
        column.addWidget(label(self._detail.row.trigger, "secondary", wrap=True, parent=inside))
        self.kind = Choice([(key, _(text)) for key, text in KINDS.items()], inside)
        self.cause = Choice([(key, _(text)) for key, text in ROOT_CAUSES.items()], inside, empty=_("Belum diketahui"))
        self.goal = QPlainTextEdit(inside)
        self.goal.setTabChangesFocus(True)
        self.goal.setFixedHeight(theme.tokens().px(48))
        self.goal.setPlaceholderText(_("Perubahan yang diharapkan, disepakati bersama pegawai"))
        self.starts, self.due = DateField(inside, name=_("Mulai")), DateField(inside, name=_("Batas"))
        self.mentor = MentorField(self._services.personnel.find_people, inside)
        self.training = Choice(self._events(), inside, empty=_("Tanpa pelatihan"))
        self.steps = StepsEditor(inside)
        self.fields = {
            "kind": FormField("kind", _("Jenis pembinaan"), self.kind, inside, required=True),
            "cause": FormField("cause", _("Akar masalah"), self.cause, inside),
            "goal": FormField("goal", _("Tujuan"), self.goal, inside),
            "starts": FormField("starts", _("Mulai"), self.starts, inside, required=True),
            "due": FormField("due", _("Batas waktu"), self.due, inside, required=True),
            "event": FormField("event", _("Pelatihan dari kalender"), self.training, inside),
        }
        column.addLayout(row_of((self.fields["kind"], 1), (self.fields["cause"], 1)))
        column.addWidget(self.fields["goal"])
        column.addLayout(row_of((self.fields["starts"], 1), (self.fields["due"], 1), (self.fields["event"], 2)))
        self.fields["event"].setVisible(self._new)
        guide = QVBoxLayout()
        guide.setSpacing(theme.SPACE_SMALL)
        guide.addWidget(label(_("Pembimbing"), "field", parent=inside))
        guide.addWidget(self.mentor)
        column.addLayout(guide)
        self.mentor_error = label("", "error", wrap=True, parent=inside)
        self.mentor_error.hide()
        column.addWidget(self.mentor_error)
        column.addWidget(SectionTitle(_("Langkah"), inside))
        column.addWidget(self.steps)
        column.addStretch(1)
        area.setWidget(inside)
        self.body.addWidget(area, 1)
        self.warnings = IssueList(self)
        self.body.addWidget(self.warnings)

    def _events(self) -> list[tuple[str, str]]:
        spec = EventSpec(states=frozenset({"planned", "open"}), starts=self._today)
        return [
            (str(row.id), f"{row.name} · {date_span(row.starts, row.ends)}")
            for row in self._services.training.events(spec)
        ]

    def _fill(self) -> None:
        detail = self._detail
        self.kind.set_value(detail.row.kind)
        self.cause.set_value(detail.root_cause)
        self.goal.setPlainText(detail.goal)
        starts = detail.row.starts or self._today
        self.starts.set_value(starts)
        self.due.set_value(detail.row.due or self._services.remediation.default_due(starts))
        self.mentor.set_value(detail.mentor_id, detail.row.mentor)
        if self._new:
            self._suggest()
        else:
            self.steps.set_steps([StepDraft(s.action, s.success_sign, s.due, s.id) for s in detail.steps])

    def _watch(self) -> None:
        self.kind.currentIndexChanged.connect(lambda _index: self._kind_changed())
        self.starts.date_changed.connect(self._start_changed)
        self.due.date_changed.connect(lambda _day: self._suggest())
        self.mentor.changed.connect(self._check)

    # -- while it is filled -------------------------------------------------------------------------------

    def _kind_changed(self) -> None:
        self._suggest()

    def _start_changed(self, day: object) -> None:
        if isinstance(day, date):
            self.due.set_value(self._services.remediation.default_due(day))
        self._suggest()

    def _suggest(self) -> None:
        """Fill in the steps of the kind, unless the person has written own ones."""
        starts, due = self.starts.value, self.due.value
        if self._new and not self.steps.touched and starts and due and due > starts:
            self.steps.set_steps(
                [StepDraft(s.action, s.success_sign, s.due) for s in suggested_steps(self.kind.value, starts, due)]
            )
        self._check()

    def _issues(self) -> list[Issue]:
        issues: list[Issue] = []
        for key, field in (("starts", self.starts), ("due", self.due)):
            if not field.commit():
                issues.append(Issue("date_unknown", field.error, field=key))
            elif field.value is None:
                issues.append(Issue("date_missing", _("Tanggal belum diisi."), field=key))
        if issues or self.starts.value is None or self.due.value is None:
            return issues
        if self.steps.date_error:
            issues.append(Issue("step_date", self.steps.date_error, field="steps"))
        dues = [(step.action, step.due) for step in self.steps.steps()]
        person = self._detail.row.employee_id
        return issues + check_plan(self.kind.value, self.starts.value, self.due.value, person, self.mentor.value, dues)

    def _check(self) -> None:
        # errors at a field wait until saving; what concerns the steps is said below, where there is room
        self.warnings.set_issues(issue for issue in self._issues() if issue.field == "steps")

    def save(self) -> None:
        issues = self._issues()
        show_errors(self.fields, issues)
        own = [issue.message for issue in issues if issue.field == "mentor"]
        self.mentor_error.setText(own[0] if own else "")
        self.mentor_error.setVisible(bool(own))
        starts, due = self.starts.value, self.due.value
        if any(issue.severity == "error" for issue in issues) or starts is None or due is None:
            return
        row = self._detail.row
        service = self._services.remediation
        kind, cause, goal = self.kind.value, self.cause.value or None, self.goal.toPlainText()
        mentor, steps = self.mentor.value, self.steps.steps()
        event = int(self.training.value) if self.training.value else None
        self.save_button.setEnabled(False)

        def work(_progress: object) -> object:
            if self._new:
                command = ConfirmPlan(row.id, kind, starts, due, cause, goal, mentor, event, steps, row.version)
                return service.confirm(command, initiator=self)
            return service.change(
                ChangePlan(row.id, kind, starts, due, cause, goal, mentor, steps, row.version), initiator=self
            )

        self._runner.run_write(work, self._done, self._refused, title=_("Menyimpan rencana"), owner=self)

    def _done(self, result: object) -> None:
        self.saved.emit(result)
        self.accept()

    def _refused(self, error: BaseException) -> None:
        self.save_button.setEnabled(True)
        if isinstance(error, InputError) and error.issues:
            show_errors(self.fields, error.issues)
        else:
            messages.show_error(self, error)
