"""Aturan: which office owns what, and what happens to the other one's edits; adjustable for what is ours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from asn_desktop.core.i18n import N_, _
from asn_desktop.exchange.package.ownership import NEW, Policy, Rule
from asn_desktop.exchange.package.protocol import BY_TABLE
from asn_desktop.exchange.package.wording import field_label
from asn_desktop.gui import messages, theme
from asn_desktop.gui.exchange.answer import Answer
from asn_desktop.gui.exchange.detail_panel import DetailPanel
from asn_desktop.gui.row_table import Column, RowTable
from asn_desktop.gui.side_zone import THREE_ZONES
from asn_desktop.gui.tasks import Runner
from asn_desktop.gui.widgets import Card, SectionTitle, label, rule
from asn_desktop.services import Services

_OWNERS = {
    "province": N_("Provinsi"),
    "district": N_("Kabupaten/Kota"),
    "office": N_("Kantor penyelenggara"),
}
_SHORT = {
    Policy.MERGE: N_("Diterima"),
    Policy.QUEUE: N_("Menunggu keputusan"),
    Policy.REFUSE: N_("Dikembalikan"),
}
_TONES = {Policy.MERGE: "good", Policy.QUEUE: "attention", Policy.REFUSE: "bad"}
_LONG = {
    Policy.MERGE: N_("Diterima langsung, kecuali pemiliknya juga mengubah isian yang sama"),
    Policy.QUEUE: N_("Menunggu keputusan pemilik di “Putuskan perbedaan”"),
    Policy.REFUSE: N_("Dikembalikan kepada pengirim dengan alasannya"),
}


@dataclass(frozen=True, slots=True)
class RuleLine:
    id: int
    rule: Rule
    alone: bool
    """Whether it is the only rule about its subject."""

    @property
    def subject(self) -> str:
        return _(BY_TABLE[self.rule.entity].title)

    @property
    def fields(self) -> str:
        """Which fields, in words."""
        return _("semua isian") if self.alone else fields_text(self.rule)


class RulesPage(QWidget):
    """A rule can be changed by the office that owns what it is about."""

    def __init__(self, services: Services, runner: Runner, parent: QWidget) -> None:
        super().__init__(parent)
        self._services, self._runner = services, runner
        self._role = services.reference.office().role
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(theme.GAP)
        card = Card(parent=self, margins=0)
        card.body.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(16, 12, 16, 8)
        head.setSpacing(2)
        head.addWidget(SectionTitle(_("Siapa memiliki data apa"), card))
        text = _(
            "Perubahan pemilik selalu berlaku. Perubahan kantor lain mengikuti aturan di bawah; tidak ada yang hilang."
        )
        head.addWidget(label(text, "secondary", wrap=True, parent=card))
        card.body.addLayout(head)
        columns: list[Column[RuleLine]] = [
            Column(_("Data"), lambda line: line.subject, lambda line: line.fields, width=200, stretch=True),
            Column(_("Pemilik"), lambda line: _(_OWNERS[line.rule.owner]), width=160, drop=1),
            Column(
                _("Perubahan kantor lain"), lambda line: _(_SHORT[line.rule.policy]),
                tone=lambda line: _TONES[line.rule.policy], width=170,
            ),
        ]  # fmt: skip
        self.table = RowTable(columns, lambda line: line.id, card, name=_("Aturan kepemilikan"))
        self.table.current_row.connect(self._show)
        card.body.addWidget(self.table, 1)
        outer.addWidget(card, 1)
        self.panel = DetailPanel(self)
        self.answers: dict[Policy, Answer] = {}
        outer.addWidget(self.panel)

    def reload(self) -> None:
        services = self._services
        self._runner.run_read(lambda _progress: services.packages.rules(), self._arrived, owner=self)

    def _arrived(self, rules: Sequence[Rule]) -> None:
        about = Counter(one.entity for one in rules)
        self.table.set_rows([RuleLine(place, one, about[one.entity] == 1) for place, one in enumerate(rules)])
        self._show(self.table.row())

    def _show(self, line: RuleLine | None) -> None:
        self.answers = {}
        self.panel.show_content(None if line is None else lambda page, column: self._fill(page, column, line))

    def _fill(self, page: QWidget, column: QVBoxLayout, line: RuleLine) -> None:
        one = line.rule
        column.addWidget(label(line.subject, "section", wrap=True, parent=page))
        column.addWidget(label(line.fields, "secondary", wrap=True, parent=page))
        owner = _("Pemilik: {owner}").format(owner=_(_OWNERS[one.owner]))
        column.addWidget(label(owner, "strong", wrap=True, parent=page))
        column.addWidget(rule(page))
        ours = one.owner in (self._role, "office")
        column.addWidget(label(_("Bila kantor lain mengubahnya"), "field", parent=page))
        if not ours:
            column.addWidget(label(_(_LONG[one.policy]), wrap=True, parent=page))
            text = _("Aturan ini diatur oleh kantor pemiliknya.")
            column.addWidget(label(text, "secondary", wrap=True, parent=page))
            return
        group = QButtonGroup(page)
        for policy, words in _LONG.items():
            answer = Answer(_(words), policy is one.policy, group, page)
            answer.taken.connect(lambda policy=policy: self.set_policy(one, policy))
            self.answers[policy] = answer
            column.addWidget(answer, 0, Qt.AlignmentFlag.AlignTop)
        if one.entity in ("evaluation", "organisation_result", "realisation", "feedback", "frozen_sheet"):
            text = _("Sesudah triwulan ditutup, perubahan kantor lain selalu dikembalikan.")
            column.addWidget(label(text, "secondary", wrap=True, parent=page))

    def set_policy(self, one: Rule, policy: Policy) -> None:
        """Write another policy; Ctrl+Z takes it back."""
        if policy is one.policy:
            return
        packages = self._services.packages
        self._runner.run_write(
            lambda _progress: packages.set_policy(one.entity, one.fields, policy),
            lambda _changes: self.reload(),
            lambda error: messages.show_error(self, error),
            title=_("Menyimpan aturan"),
            owner=self,
        )

    def fit(self, width: int) -> None:
        self.panel.setFixedWidth(theme.tokens().px(260 if width < theme.tokens().px(THREE_ZONES) else 340))


def fields_text(one: Rule) -> str:
    """``Nomor HP, Email``; ``semua isian lain`` for the rest."""
    if one.fields == "*":
        return _("semua isian lain")
    if one.fields == NEW:
        return _("data baru")
    _name, equals, value = one.fields.partition("=")
    if equals:
        return _("hanya {value}").format(value={"libur_daerah": _("libur daerah")}.get(value, value))
    return ", ".join(field_label(one.entity, name) for name in one.fields.split())
