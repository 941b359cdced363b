"""SKP, realisation and feedback while they are being edited: plain objects, no widgets."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from asn_desktop.appraisal.commands import EvaluationContent, IkiDraft, Reached, RhkDraft, SkpDraft
from asn_desktop.appraisal.detail import EvaluationDetail, FeedbackRow, IkiRow
from asn_desktop.appraisal.rules import IkiFacts
from asn_desktop.appraisal.sheet import standard_behaviours
from asn_desktop.gui.appraisal.feedback_list import Remark


@dataclass(slots=True)
class EditedIki:
    text: str = ""
    aspect: str = ""
    target: str = ""
    perspective: str = ""
    realisation: str = ""
    evidence: str = ""
    feedback: list[Remark] = field(default_factory=list)
    id: int | None = None


@dataclass(slots=True)
class EditedRhk:
    kind: str = "UTAMA"
    text: str = ""
    superior_rhk: str = ""
    assigned_by: str = ""
    takeover_note: str = ""
    ikis: list[EditedIki] = field(default_factory=list)
    id: int | None = None


@dataclass(slots=True)
class EditedValue:
    """One of the seven values: what the leader expects in particular, and the feedback on it."""

    code: str
    name: str
    guidance: tuple[str, ...]
    expectation: str = ""
    feedback: list[Remark] = field(default_factory=list)


@dataclass(slots=True)
class EditedContent:
    employee_id: int
    starts: date
    ends: date
    values: list[EditedValue]
    rhks: list[EditedRhk] = field(default_factory=list)
    kind: str = "JAJF"
    approach: str = "KUANTITATIF"
    place: str = ""
    set_on: date | None = None
    id: int | None = None

    @property
    def has_skp(self) -> bool:
        return bool(self.rhks) or any(value.expectation.strip() for value in self.values)

    @property
    def ikis(self) -> list[EditedIki]:
        return [iki for rhk in self.rhks for iki in rhk.ikis]

    def numbered(self) -> list[tuple[int, EditedRhk]]:
        """RHK in the order and with the numbers of the form: UTAMA, then TAMBAHAN."""
        ordered = sorted(self.rhks, key=lambda rhk: rhk.kind != "UTAMA")
        return list(enumerate(ordered, start=1))

    def facts(self) -> list[IkiFacts]:
        return [
            IkiFacts(rhk.kind == "UTAMA", iki.target or None, iki.perspective or None, bool(iki.realisation.strip()))
            for rhk in self.rhks
            for iki in rhk.ikis
        ]

    @property
    def leader_feedback(self) -> bool:
        every = [remark for iki in self.ikis for remark in iki.feedback]
        every += [remark for value in self.values for remark in value.feedback]
        return any(remark.giver == "PIMPINAN" and not remark.empty for remark in every)

    def draft(self) -> EvaluationContent:
        """What is saved; remarks without any content are left out."""
        skp = SkpDraft(
            self.employee_id,
            self.starts,
            self.ends,
            rhks=tuple(_rhk_draft(rhk) for rhk in self.rhks),
            expectations=tuple((value.code, value.expectation) for value in self.values),
            kind=self.kind,
            approach=self.approach,
            place=self.place,
            set_on=self.set_on,
            id=self.id,
        )
        reached = tuple(
            Reached(iki.realisation, iki.evidence, tuple(remark.draft() for remark in iki.feedback if not remark.empty))
            for iki in self.ikis
        )
        behaviour = tuple(
            remark.draft(value.code) for value in self.values for remark in value.feedback if not remark.empty
        )
        return EvaluationContent(skp, reached, behaviour)


def edited(detail: EvaluationDetail) -> EditedContent:
    """A copy to edit; without an SKP an empty one for the whole year of the period."""
    by_iki: dict[int, list[Remark]] = {}
    by_value: dict[str, list[Remark]] = {}
    for row in detail.feedback:
        if row.iki_id is not None:
            by_iki.setdefault(row.iki_id, []).append(_remark(row))
        elif row.value is not None:
            by_value.setdefault(row.value, []).append(_remark(row))
    skp = detail.skp
    expectations = dict(skp.expectations) if skp else {}
    values = [
        EditedValue(each.code, each.value, each.guidance, expectations.get(each.code, ""), by_value.get(each.code, []))
        for each in standard_behaviours()
    ]
    if skp is None:
        year = detail.period.period.year
        return EditedContent(detail.row.employee_id, date(year, 1, 1), date(year, 12, 31), values)
    rhks = [
        EditedRhk(
            rhk.kind, rhk.text, rhk.superior_rhk or "", rhk.assigned_by or "", rhk.takeover_note or "",
            [_iki(iki, by_iki.get(iki.id, [])) for iki in rhk.ikis], rhk.id,
        )
        for rhk in skp.rhks
    ]  # fmt: skip
    return EditedContent(
        skp.employee_id, skp.starts, skp.ends, values, rhks, skp.kind, skp.approach, skp.place or "", skp.set_on, skp.id
    )


def _iki(row: IkiRow, feedback: list[Remark]) -> EditedIki:
    return EditedIki(
        row.text, row.aspect or "", row.target or "", row.perspective or "", row.realisation or "",
        row.evidence or "", feedback, row.id,
    )  # fmt: skip


def _remark(row: FeedbackRow) -> Remark:
    return Remark(row.giver, row.giver_name or "", row.text or "", row.symbol or "", row.id)


def _rhk_draft(rhk: EditedRhk) -> RhkDraft:
    return RhkDraft(
        rhk.text,
        rhk.kind,
        rhk.superior_rhk,
        rhk.assigned_by,
        rhk.takeover_note,
        tuple(IkiDraft(iki.text, iki.target, iki.aspect, iki.perspective, iki.id) for iki in rhk.ikis),
        rhk.id,
    )
