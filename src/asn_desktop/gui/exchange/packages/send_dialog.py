"""Sending: what will be in the package, where to save it, and what to do with the file afterwards."""

from __future__ import annotations

from dataclasses import replace
from enum import IntEnum
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QGridLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from asn_desktop.core.i18n import _
from asn_desktop.exchange.package.content import PackageContent, PackageHead, PackageKind
from asn_desktop.exchange.package.protocol import entity_of
from asn_desktop.exchange.package.reading import sheet_titles
from asn_desktop.exchange.package.results import SentPackage
from asn_desktop.gui import messages, theme
from asn_desktop.gui.dialogs import fit
from asn_desktop.gui.exchange.job_panel import JobDialog, JobPanel
from asn_desktop.gui.exchange.packages.outcome_pages import EndPage
from asn_desktop.gui.exchange.packages.words import counted, kind_text
from asn_desktop.gui.folders import Place, open_path
from asn_desktop.gui.tasks import Runner
from asn_desktop.gui.widgets import Card, label, rule, wrappable
from asn_desktop.services import Services

_LOOKED_UP = ("hari_libur", "pengaturan", "siklus")


class Step(IntEnum):
    WORKING = 0
    CONTENT = 1
    DONE = 2


class SendDialog(JobDialog):
    """One package for one office; ``office`` None is the only one a district knows. ``sent(SentPackage)``."""

    sent = Signal(object)

    def __init__(
        self,
        services: Services,
        runner: Runner,
        parent: QWidget | None = None,
        *,
        office: str | None = None,
        name: str = "",
    ) -> None:
        self._name = name or _("provinsi")
        super().__init__(_("Kirim paket ke {office}").format(office=self._name), parent)
        self._services, self._runner, self._office = services, runner, office
        self._content: PackageContent | None = None
        self._target: Path | None = None
        self.pages = QStackedWidget(self)
        self.working = JobPanel(self)
        self.content_page = QWidget(self)
        self._column = QVBoxLayout(self.content_page)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.GAP)
        self.end = EndPage(self)
        for page in (self.working, self.content_page, self.end):
            self.pages.addWidget(page)
        self.body.addWidget(self.pages, 1)
        self.end.add_action(_("Buka folder"), "folder-open", self._open_folder)
        self.cancel_button = self.add_cancel()
        self.forward = self.add_primary(_("Simpan paket …"), self._forward, icon="save")
        fit(self, 640, 560)
        self._gather()

    @property
    def step(self) -> Step:
        return Step(self.pages.currentIndex())

    @property
    def content(self) -> PackageContent:
        assert self._content is not None
        return self._content

    # -- what will be in it -------------------------------------------------------------------------------

    def _gather(self) -> None:
        packages, office = self._services.packages, self._office
        self._show(Step.WORKING)
        job = self._runner.run_read(
            lambda progress: packages.content_for(office, progress=progress),
            self._gathered,
            self._failed,
            title=_("Mengumpulkan perubahan"),
            owner=self,
            on_cancelled=self.give_up,
        )
        self.working.watch(job, _("Mengumpulkan perubahan"))

    def _gathered(self, content: PackageContent) -> None:
        # Sending gathers anew: a large office would be in memory twice.
        self._content = replace(content, rows=(), tombstones=())
        self._fill(content)
        self._show(Step.CONTENT)
        self.forward.setFocus()

    def _fill(self, content: PackageContent) -> None:
        page = self.content_page
        head = content.head
        self._column.addWidget(label(self._introduction(content), wrap=True, parent=page))
        card = Card(_("Isi paket {seq}").format(seq=head.seq), page)
        lines = content_lines(content)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.MARGIN)
        grid.setVerticalSpacing(theme.SPACE)
        for place, (number, text) in enumerate(lines):
            value = label(counted(number), "strong", parent=card)
            value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(value, place, 0)
            grid.addWidget(label(text, parent=card), place, 1)
        grid.setColumnStretch(1, 1)
        grid.setColumnMinimumWidth(0, theme.tokens().px(64))
        area = QScrollArea(page)
        area.setWidgetResizable(True)
        inside = QWidget(area)
        inside.setProperty("clear", True)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(grid)
        column.addStretch(1)
        area.setWidget(inside)
        if lines:
            card.body.addWidget(area, 1)
        else:
            card.body.addWidget(label(_("Tidak ada perubahan data."), "secondary", wrap=True, parent=card))
        card.body.addWidget(rule(card))
        note = _("Catatan konseling, kata sandi, dan pengaturan komputer ini tidak pernah ikut.")
        card.body.addWidget(label(note, "secondary", wrap=True, parent=card))
        self._column.addWidget(card, 1)
        where = _("Pilih flash disk atau folder, lalu serahkan berkasnya. Paket tersegel: jangan disunting.")
        self._column.addWidget(label(where, "secondary", wrap=True, parent=page))

    def _introduction(self, content: PackageContent) -> str:
        head = content.head
        if head.seq == 1:
            return _("Paket pertama untuk {office}: berisi seluruh data kantor ini.").format(office=self._name)
        if head.kind is PackageKind.FULL:
            return _("Paket lengkap: {office} belum memiliki data ini, atau data di sini pernah dipulihkan.").format(
                office=self._name
            )
        if not content.rows and not content.tombstones:
            return _("Tidak ada perubahan sejak tanda terima terakhir dari {office}.").format(office=self._name)
        return _(
            "Semua yang berubah sejak tanda terima terakhir dari {office}. Paket yang hilang di jalan tidak apa-apa: "
            "paket berikutnya membawa isinya lagi."
        ).format(office=self._name)

    # -- writing ------------------------------------------------------------------------------------------

    def _forward(self) -> None:
        if self.step is Step.DONE:
            self.accept()
            return
        target = messages.choose_save_file(
            self, _("Simpan paket"), package_name(self.content.head), place=Place.PACKAGES
        )
        if target is None:
            return
        self._target = target
        packages, office = self._services.packages, self._office
        self._show(Step.WORKING)
        job = self._runner.run_write(
            lambda progress: packages.send(target, office, progress=progress),
            self._written,
            self._failed,
            title=_("Menulis paket"),
            owner=self,
            on_cancelled=self._stopped,
        )
        self.working.watch(job, _("Menulis {file}").format(file=target.name))

    def _written(self, done: SentPackage) -> None:
        assert self._target is not None
        self.end.say(
            "circle-check",
            "good",
            _("Paket {seq} tersimpan").format(seq=done.head.seq),
            _("Serahkan berkas ini ke {office}: lewat flash disk, email, atau WhatsApp sebagai dokumen.").format(
                office=self._name
            ),
            hint=_(
                "Berkasnya boleh dibuka untuk dilihat, tetapi jangan diubah. Bila hilang, kirim saja paket baru. "
                "Paket dianggap sampai setelah tanda terimanya Anda terima di sini."
            ),
            facts=[
                (_("Berkas"), self._target.name),
                (_("Folder"), wrappable(self._target.parent)),
                (_("Isi"), _("{n} data").format(n=counted(done.rows + done.tombstones))),
                (_("Jenis"), kind_text(done.head.kind.value)),
            ],
        )
        self._show(Step.DONE)
        self.sent.emit(done)

    def _failed(self, error: BaseException) -> None:
        if self._content is None:
            self.give_up()
        else:
            self._show(Step.CONTENT)
        messages.show_error(self.parentWidget() or self, error)

    def _stopped(self) -> None:
        self._show(Step.CONTENT)
        messages.notify(self, _("Dihentikan. Paket tidak dibuat."))

    def _open_folder(self) -> None:
        if self._target is not None:
            open_path(self._target.parent)

    # -- pages --------------------------------------------------------------------------------------------

    def _show(self, step: Step) -> None:
        self.pages.setCurrentIndex(step)
        self.cancel_button.setVisible(step is not Step.DONE)
        self.forward.setVisible(step is not Step.WORKING)
        if step is Step.DONE:
            self.forward.setText(_("Selesai"))
            self.forward.setIcon(QIcon())
            self.forward.setFocus()


def package_name(head: PackageHead) -> str:
    """The file's name: ``PAKET_11.12_0003_untuk_11.xlsx``."""
    return f"PAKET_{head.office}_{head.seq:04}_untuk_{head.to or 'provinsi'}.xlsx"


def content_lines(content: PackageContent) -> list[tuple[int, str]]:
    """Number and words of everything in a package: people and their work, then what is looked up, then the rest."""
    counts: dict[str, int] = {}
    for row in content.rows:
        sheet = entity_of(row.entity).sheet
        counts[sheet] = counts.get(sheet, 0) + 1
    titles = sorted(sheet_titles().items(), key=lambda pair: pair[0] in _LOOKED_UP)
    lines = [(counts[sheet], _(title)) for sheet, title in titles if counts.get(sheet)]
    extra = (
        (len(content.tombstones), _("Data yang dihapus")),
        (len(content.conflicts), _("Perbedaan yang belum diputuskan")),
        (len(content.acknowledgements), _("Tanda terima untuk paket yang sudah diterima")),
        (len(content.rejections), _("Baris kiriman yang tidak dapat diterima, dengan alasannya")),
    )
    return lines + [(number, text) for number, text in extra if number]
