"""What was typed into a dialog stays there when it cannot be saved, whichever dialog it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QLineEdit, QPlainTextEdit, QPushButton

from asn_desktop.core.errors import InputError
from asn_desktop.gui.dialogs import Dialog, typed
from asn_desktop.gui.editors import OptionalNumber
from asn_desktop.gui.personnel.form import EmployeeForm
from asn_desktop.gui.tasks import SynchronousRunner
from asn_desktop.gui.widgets import SegmentedControl
from tests.gui.recorder import MessageRecorder
from tests.gui.scenes import (
    Office,
    appraisal,
    dialogs_of_the_menus,
    on_screen,
    personnel,
    remediation,
    sample_office,
    shown_in,
    training,
)

RUN_WRITE = SynchronousRunner.run_write
WRITING = {
    "EmployeeForm", "LeaveDialog", "SuperiorDialog", "OrganisationDialog", "PasteDialog", "EventDialog",
    "AttendanceDialog", "PlanDialog", "StepDialog", "CloseDialog", "UserDialog", "SettingsDialog",
}  # fmt: skip
"""The dialogs that were seen to try: without them this test would look at nothing."""
FILES = {"PrintDialog", "ExportDialog", "BackupDialog", "WorksheetsDialog", "ImportWizard", "SendDialog", "KeysDialog"}
"""They write files and ask where to."""


@pytest.fixture(scope="module")
def office(our_application: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with sample_office(tmp_path_factory.mktemp("tetap")) as result:
        yield result


def fill(dialog: QDialog) -> None:
    """Something in every empty field, as far as any text will do."""
    if isinstance(dialog, EmployeeForm):
        dialog.form.fields["title_front"].editor.setText("Dr.")
        return
    for field in dialog.findChildren(QLineEdit):
        plain = type(field) is QLineEdit and not field.isReadOnly() and not isinstance(field.parent(), QComboBox)
        if plain and field.isVisible() and field.isEnabled() and not field.text():
            field.setText("kata sandi contoh")
    for text in dialog.findChildren(QPlainTextEdit):
        if text.isVisible() and not text.isReadOnly() and not text.toPlainText():
            text.setPlainText("Contoh isian yang panjang")
    for number in dialog.findChildren(OptionalNumber):
        number.setText(number.text() or str(number.minimum))
    for box in dialog.findChildren(QComboBox):
        if not box.currentData():
            box.setCurrentIndex(box.count() - 1)
    for choice in dialog.findChildren(SegmentedControl):
        choice.choose(choice.value or choice._segments[0].value)


def test_a_refused_write_leaves_what_was_typed(
    office: Office, messages: MessageRecorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: set[str] = set()
    refused: list[str] = []

    def refuse(self: SynchronousRunner, work: object, *rest: Any, **named: Any) -> Any:
        """As when a colleague was faster."""

        def instead(_progress: object) -> None:
            refused.append("write")
            raise InputError("Kartu pegawai sedang dipakai.", "Ulangi nanti.")

        return RUN_WRITE(self, instead, *rest, **named)

    for scene in (personnel, appraisal, training, remediation, dialogs_of_the_menus):
        with on_screen(office):
            for shown in shown_in(scene, office):
                for dialog in [shown] if isinstance(shown, Dialog) and shown.isVisible() else []:
                    name = type(dialog).__name__
                    if name in FILES:
                        continue
                    fill(dialog)
                    before = typed(dialog)
                    with monkeypatch.context() as patch:
                        patch.setattr(SynchronousRunner, "run_write", refuse)
                        for each in dialog.findChildren(QPushButton):
                            if each.property("kind") == "primary" and each.isEnabled() and each.isVisible():
                                each.click()
                    if not refused:
                        continue
                    refused.clear()
                    messages.take_errors()
                    tried.add(name)
                    assert (dialog.isVisible(), dialog.isEnabled()) == (True, True), name
                    assert typed(dialog) == before, name
                    dialog.done(0)
    assert tried >= WRITING, WRITING - tried
