"""Small decisions about employees: leaving with a reason, a superior for several people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from asn_desktop.core.i18n import _
from asn_desktop.environment.resources import reference_table
from asn_desktop.gui import theme
from asn_desktop.gui.dialogs import Dialog
from asn_desktop.gui.personnel.fields import Picker, person_label
from asn_desktop.gui.tasks import Runner
from asn_desktop.gui.widgets import DateField, combo, label
from asn_desktop.personnel.queries import PersonRow
from asn_desktop.personnel.service import PersonnelService


class LeaveDialog(Dialog):
    """Deactivate with kedudukan hukum, first day away and reason; nothing is deleted."""

    def __init__(self, name: str, today: date, parent: QWidget | None = None) -> None:
        subtitle = _("{name} tidak lagi ikut dinilai, tetapi datanya dan riwayatnya tetap ada.").format(name=name)
        super().__init__(_("Nonaktifkan pegawai"), parent, subtitle=subtitle)
        choices = [(row["nama"], row["nama"]) for row in reference_table("kedudukan_hukum") if row["aktif"] == "tidak"]
        common = ("Pensiun", "Mencapai BUP", "Diberhentikan")
        first = [choice for choice in choices if choice[0] in common]
        others = [choice for choice in choices if choice[0] not in common]
        self.status = combo([*first, *others, ("", _("Tetap seperti sekarang"))])
        self.status.setCurrentIndex(self.status.findData("Pensiun"))
        self.since = DateField(name=_("Tidak aktif mulai"))
        self.since.set_value(today)
        self.reason = QPlainTextEdit()
        self.reason.setPlaceholderText(_("Misalnya: mencapai batas usia pensiun, SK nomor …"))
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(theme.tokens().px(72))
        self.message = label("", "error", wrap=True)
        self.message.hide()
        for caption, editor in (
            (_("Kedudukan hukum"), self.status),
            (_("Tidak aktif mulai"), self.since),
            (_("Alasan *"), self.reason),
        ):
            name_label = label(caption, "field")
            name_label.setBuddy(editor)
            self.body.addWidget(name_label)
            self.body.addWidget(editor)
        self.body.addWidget(self.message)
        self.add_cancel()
        self.add_primary(_("Nonaktifkan"), self.try_accept, icon="user-x")
        self.reason.setFocus()

    @property
    def reason_text(self) -> str:
        return self.reason.toPlainText().strip()

    def try_accept(self) -> None:
        """Close if date and reason are there; otherwise say what is missing."""
        problem = ""
        if not self.since.commit() or self.since.value is None:
            problem = self.since.error or _("Isi tanggal mulai tidak aktif.")
        elif not self.reason_text:
            problem = _("Tulis alasannya; ia tercatat dalam riwayat pegawai.")
        self.message.setText(problem)
        self.message.setVisible(bool(problem))
        theme.set_property(self.reason, "invalid", not self.reason_text)
        if not problem:
            self.accept()


class SuperiorDialog(Dialog):
    """A superior by appointment for one or several people, from a day on; empty: the head of the unit again."""

    def __init__(self, personnel: PersonnelService, runner: Runner, count: int, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Tetapkan atasan langsung"),
            parent,
            subtitle=_("Untuk {n} pegawai yang dipilih. Kosongkan agar kembali dinilai pimpinan unit.").format(n=count),
        )
        self._personnel, self._runner, self._asked = personnel, runner, 0
        self.superior = Picker(_("Ketik nama atau NIP …"), filter_here=False)
        self.superior.typed.connect(self._search)
        self.since = DateField(name=_("Berlaku mulai"))
        self.since.set_value(personnel.today)
        self.message = label("", "error", wrap=True)
        self.message.hide()
        for caption, editor in ((_("Atasan langsung"), self.superior), (_("Berlaku mulai"), self.since)):
            name_label = label(caption, "field")
            name_label.setBuddy(editor)
            self.body.addWidget(name_label)
            self.body.addWidget(editor, 0, Qt.AlignmentFlag(0))
        self.body.addWidget(self.message)
        self.setMinimumWidth(theme.tokens().px(520))
        self.add_cancel()
        self.add_primary(_("Tetapkan"), self.try_accept, icon="user-check")
        self.superior.setFocus()

    def try_accept(self) -> None:
        if self.since.commit() and self.since.value is not None:
            self.accept()
            return
        self.message.setText(self.since.error or _("Isi tanggal mulai berlaku."))
        self.message.show()

    def _search(self, typed: str) -> None:
        if len(typed) < 2:
            return
        self._asked += 1
        number = self._asked

        def show(found: Sequence[PersonRow]) -> None:
            if number == self._asked:
                self.superior.set_choices([(person.id, person_label(person)) for person in found], popup=True)

        self._runner.run_read(lambda _progress: self._personnel.find_people(typed), show, owner=self)
