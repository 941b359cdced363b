"""What would become of every row of a package. Nothing has been written yet."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from asn_desktop.core.i18n import _
from asn_desktop.core.names import search_words
from asn_desktop.exchange.package.content import Seal
from asn_desktop.exchange.package.explaining import PlanExplainer, RecordLine
from asn_desktop.exchange.package.office_keys import fingerprint
from asn_desktop.exchange.package.package_plan import PackagePlan
from asn_desktop.exchange.package.protocol import entity_of
from asn_desktop.exchange.package.reading import PackageReading
from asn_desktop.exchange.plan import Fate
from asn_desktop.gui import messages
from asn_desktop.gui.exchange.fate_preview import FatePreview
from asn_desktop.gui.exchange.packages.record_panel import RecordPanel
from asn_desktop.gui.exchange.packages.words import FATES, counted, kind_text, moment_text, seal_state
from asn_desktop.gui.row_table import Column
from asn_desktop.gui.tasks import Runner
from asn_desktop.gui.widgets import combo, label

_ORDER = (Fate.CONFLICT, Fate.REJECTED, Fate.CHANGED, Fate.NEW, Fate.SAME, Fate.IGNORED)
_STATE = 1


class PlanPage(FatePreview):
    """Beside the cards: which kind of data, and what both offices changed."""

    def __init__(self, reading: PackageReading, runner: Runner, parent: QWidget) -> None:
        self._reading, self._runner = reading, runner
        self._plan: PackagePlan | None = None
        self._explainer: PlanExplainer | None = None
        self._texts: Sequence[str] | None = None
        """What a search looks through; read when the first one is made."""
        self._records = RecordPanel(parent)
        super().__init__(
            FATES, _columns(), self._records, parent,
            order=_ORDER, name=_("Isi paket"), hint=_("Cari nama atau NIP"),
        )  # fmt: skip
        self.choices = QWidget(self.filters)
        row = QHBoxLayout(self.choices)
        row.setContentsMargins(0, 0, 0, 0)
        self.subject = combo(parent=self.choices)
        self.subject.setAccessibleName(_("Jenis data"))
        self.subject.currentIndexChanged.connect(lambda _index: self._refresh())
        self.together = QPushButton(self.choices)
        self.together.setCheckable(True)
        self.together.setProperty("filter", True)
        self.together.setToolTip(_("Data yang diubah kedua kantor pada isian berbeda: kedua perubahan dipakai"))
        self.together.toggled.connect(lambda _on: self._refresh())
        row.addWidget(self.subject)
        row.addWidget(self.together)
        row.addStretch(1)
        layout = self.filters.layout()
        assert layout is not None
        layout.addWidget(self.choices)

    # -- the plan -----------------------------------------------------------------------------------------

    @property
    def plan(self) -> PackagePlan:
        assert self._plan is not None
        return self._plan

    def set_plan(self, plan: PackagePlan) -> None:
        self._plan, self._texts = plan, None
        self._explainer = self._reading.explainer(plan)
        self._records.office = plan.head.office_name
        self._show_notes(plan)
        self.subject.blockSignals(True)
        self.subject.clear()
        self.subject.addItem(_("Semua jenis data"), "")
        for entity, fates in plan.counts_by_entity().items():
            self.subject.addItem(f"{_(entity_of(entity).title)} ({counted(sum(fates.values()))})", entity)
        self.subject.blockSignals(False)
        self._release_together()
        self.together.setText(_("Diubah kedua kantor ({n})").format(n=counted(len(plan.together))))
        self.together.setVisible(bool(plan.together))
        self._show_first()

    def show_fate(self, fate: Fate) -> None:
        self._release_together()
        super().show_fate(fate)

    def _release_together(self) -> None:
        self.together.blockSignals(True)
        self.together.setChecked(False)
        self.together.blockSignals(False)

    def _show_notes(self, plan: PackagePlan) -> None:
        self._clear_notes()
        head = plan.head
        made = _("dibuat {when} oleh {who}").format(when=moment_text(head.made_at), who=head.made_by)
        about = " · ".join((kind_text(head.kind.value), made, plan.read.file_name))
        self._notes.addWidget(label(about, "secondary", wrap=True, parent=self))
        state = seal_state(plan.read.seal, bool(plan.read.key), plan.first_contact)
        if not (plan.first_contact and plan.read.key and plan.read.seal is Seal.INTACT):  # the new key says it all
            self._note(state.word, state.tone, state.sentence)
        if plan.salvage:
            text = _(
                "Data tidak langsung berubah: tiap isian yang berbeda diputuskan di “Putuskan perbedaan”. Data "
                "baru dan penghapusan tidak diambil. Paket aslinya tetap dapat diterima nanti."
            )
            self._note(_("Hanya usulan"), "info", text)
            for note in plan.read.notes[:2]:
                self._note(_("Perlu diperiksa"), "attention", note)
            return
        if plan.first_contact:
            text = _("Paket pertama dari kantor ini. Sesudah diterapkan, kantor itu tercatat di daftar kantor.")
            self._note(_("Kantor baru"), "info", text)
            if plan.read.key:
                text = _("Sebelum menerapkan, telepon kantor itu dan minta dibacakan delapan kata pengenalnya: {words}")
                self._note(_("Kunci baru"), "attention", text.format(words=" ".join(fingerprint(plan.read.key))))
        if plan.missing_seq:
            text = _("{n} paket sebelumnya belum pernah sampai. Tidak apa-apa: isinya ikut dalam paket ini.")
            self._note(_("Paket terlewat"), "neutral", text.format(n=plan.missing_seq))
        if plan.later_values:
            text = _(
                "{n} isian dari versi lebih baru, disimpan. Isian itu ikut dalam paket kantor ini berikutnya, dan "
                "tampil di sini sesudah ASN Desktop diperbarui."
            )
            self._note(_("Versi lebih baru"), "info", text.format(n=counted(plan.later_values)))
        if plan.head.replica.parent:
            text = _("Data kantor itu pernah dipulihkan atau disalin, jadi paket ini membawa semuanya sekali lagi.")
            self._note(_("Salinan baru"), "neutral", text)
        for note in plan.read.notes[:2]:
            self._note(_("Perlu diperiksa"), "attention", note)

    # -- rows ---------------------------------------------------------------------------------------------

    def _is_shown(self, fate: Fate) -> bool:
        return fate is self._shown and not self.together.isChecked()

    def _show_filters(self, searching: bool) -> None:
        self.filters.setVisible(True)
        self.found.setVisible(searching)
        self.choices.setVisible(not searching)
        self.table.set_wanted(_STATE, searching or self.together.isChecked())  # otherwise the card says it

    def _counts(self) -> dict[str, int]:
        return self.plan.counts

    def _places(self) -> Sequence[int]:
        entity = self.subject.currentData()
        together = self.together.isChecked()
        return [
            place
            for place, record in enumerate(self.plan.records)
            if (record.together if together else record.fate is self._shown) and (not entity or record.entity == entity)
        ]

    def _filtered(self) -> object:
        return self._shown, self.together.isChecked(), self.subject.currentData()

    def _find(self, text: str) -> None:
        explainer = self._explainer
        assert explainer is not None
        if self._texts is not None:
            self._show_found(text, self._matching(text))
            return

        def arrived(texts: Sequence[str]) -> None:
            if explainer is self._explainer:
                self._texts = texts
                self._show_found(self.searched, self._matching(self.searched))

        self._runner.run_read(
            lambda _progress: self._reading.search_texts(explainer),
            arrived,
            lambda error: messages.show_error(self, error),
            title=_("Mencari"),
            owner=self,
        )

    def _matching(self, text: str) -> list[int]:
        """In the order of what needs the person most."""
        words, texts = search_words(text), self._texts or ()
        found = [place for place, known in enumerate(texts) if all(word in known for word in words)]
        rank = {fate: place for place, fate in enumerate(_ORDER)}
        return sorted(found, key=lambda place: rank[self.plan.records[place].fate])

    def _lines(self, places: Sequence[int]) -> Sequence[RecordLine]:
        assert self._explainer is not None
        return self._reading.lines(self._explainer, places)

    def _show_row(self) -> None:
        line = self.table.row() if self.places else None
        if line is None or self._explainer is None:
            self._records.show_detail(None)
        else:
            self._records.show_detail(self._reading.detail(self._explainer, line.id))


def _columns() -> Sequence[Column[RecordLine]]:
    return (
        Column(_("Data"), lambda line: line.name, _second, width=200, stretch=True),
        Column(_("Status"), lambda line: _(FATES[line.fate].title), tone=lambda line: FATES[line.fate].tone, width=110),
        Column(_("Yang terjadi"), lambda line: line.what, width=170, stretch=True, drop=1),
    )


def _second(line: RecordLine) -> str:
    return " · ".join(part for part in (line.subject, line.second) if part)
