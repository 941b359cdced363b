"""Pure rules of the quarter: distribution, window, who is left out, who assesses, what must be there before final."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from asn_desktop.appraisal.predicate import OrganisationRating, Predicate, Rating, State
from asn_desktop.core.i18n import N_, _
from asn_desktop.core.issues import Issue, Severity
from asn_desktop.core.periods import Period


@dataclass(frozen=True, slots=True)
class DistributionRule:
    """One line of the distribution table. Percentages are guidance of SE MenPANRB 3/2023, never a quota."""

    organisation: OrganisationRating
    predicate: Predicate
    minimum: int | None = None
    maximum: int | None = None
    one_of_required: bool = False
    """At least one predicate of those marked so must occur; their ``minimum`` counts together."""
    dominant: bool = False


@dataclass(frozen=True, slots=True)
class CurvePoint:
    x: float
    y: float


# -- distribution ---------------------------------------------------------------------------------------------


def check_distribution(
    counts: Mapping[Predicate, int],
    organisation: OrganisationRating | None,
    rules: Iterable[DistributionRule],
    *,
    percentages: bool = True,
    minimum_people: int = 10,
) -> list[Issue]:
    """Where a unit's predicates leave the pattern of its organisation result: warnings that never block.

    ``counts`` holds rated people only. Percentages are skipped when the office switched them off or the unit has
    fewer than ``minimum_people`` rated people.
    """
    total = sum(counts.values())
    if not total:
        return []
    if organisation is None:
        return [
            _warning(
                "organisation_result_missing",
                _("Capaian organisasi unit ini belum diisi, jadi pola distribusi belum dapat dibandingkan."),
                _("Isi capaian organisasi dahulu."),
            )
        ]
    if not percentages or total < minimum_people:
        return []
    lines = [rule for rule in rules if rule.organisation is organisation]
    issues = [issue for rule in lines for issue in _one_line(rule, counts, total) if not rule.one_of_required]
    return issues + _together([rule for rule in lines if rule.one_of_required], counts, total)


def _one_line(rule: DistributionRule, counts: Mapping[Predicate, int], total: int) -> list[Issue]:
    count = counts.get(rule.predicate, 0)
    values = {
        "predicate": rule.predicate.label,
        "share": _share(count, total),
        "minimum": rule.minimum,
        "maximum": rule.maximum,
        "organisation": rule.organisation.label,
    }
    source = _("SE MenPANRB 3/2023: pertimbangan, bukan kuota.")
    if rule.maximum == 0 and count:
        text = _("Ada pegawai berpredikat {predicate}, padahal capaian organisasi {organisation}.")
        return [_warning("distribution_unexpected", text.format(**values), source)]
    if rule.maximum is not None and count * 100 > rule.maximum * total:
        text = _("{predicate} {share}, acuan paling banyak {maximum}%.")
        over = _share(count, total, over=True)
        return [_warning("distribution_maximum", text.format(**values | {"share": over}), source)]
    if rule.minimum is not None and count * 100 < rule.minimum * total:
        text = _("{predicate} {share}, acuan paling sedikit {minimum}%.")
        return [_warning("distribution_minimum", text.format(**values), source)]
    if rule.dominant and count * 2 < total and max(counts.values()) > count:
        text = _("Sebagian besar biasanya {predicate}, sekarang {share}.")
        return [_warning("distribution_pattern", text.format(**values), _("PermenPANRB 6/2022, pola distribusi."))]
    return []


def _together(group: Sequence[DistributionRule], counts: Mapping[Predicate, int], total: int) -> list[Issue]:
    if not group:
        return []
    count = sum(counts.get(rule.predicate, 0) for rule in group)
    names = _(" dan/atau ").join(rule.predicate.label for rule in group)
    minimum = max((rule.minimum or 0) for rule in group)
    source = _("SE MenPANRB 3/2023: pertimbangan, bukan kuota.")
    if not count:
        return [_warning("distribution_required", _("Belum ada {names}.").format(names=names), source)]
    if count * 100 < minimum * total:
        text = _("{names} {share}, acuan paling sedikit {minimum}%.")
        values = {"names": names, "share": _share(count, total), "minimum": minimum}
        return [_warning("distribution_minimum", text.format(**values), source)]
    return []


def met_limits(
    counts: Mapping[Predicate, int], organisation: OrganisationRating, rules: Iterable[DistributionRule]
) -> list[str]:
    """The limits of SE MenPANRB 3/2023 that were looked at and hold, each with what was found; for an organisation
    result, and people enough to be compared. Fits :func:`check_distribution`: what is met there is no warning here.
    """
    total = sum(counts.values())
    lines = [rule for rule in rules if rule.organisation is organisation]
    texts = []
    for rule in lines:
        limit = rule.maximum if rule.maximum is not None else rule.minimum
        if rule.one_of_required or limit is None or _one_line(rule, counts, total):
            continue
        text = _("{predicate} {share} (paling banyak {limit}%)")
        if rule.maximum == 0:
            text = _("tidak ada {predicate}")
        elif rule.maximum is None:
            text = _("{predicate} {share} (paling sedikit {limit}%)")
        share = _share(counts.get(rule.predicate, 0), total)
        texts.append(text.format(predicate=rule.predicate.label, share=share, limit=limit))
    group = [rule for rule in lines if rule.one_of_required]
    if group and not _together(group, counts, total):
        texts.append(_("{names} ada").format(names=_(" dan/atau ").join(rule.predicate.label for rule in group)))
    return texts


def _share(count: int, total: int, *, over: bool = False) -> str:
    """With one decimal, none for a whole number. Cut, and for what is ``over`` a limit rounded up, so that what
    passes a limit by one person among thousands never reads as the limit itself."""
    tenths = -(-count * 1000 // total) if over else count * 1000 // total
    whole, tenth = divmod(tenths, 10)
    exact = count * 100 == whole * total
    return f"{whole}%" if exact else f"{whole},{tenth}%"


def _warning(code: str, message: str, hint: str = "", *, field: str = "") -> Issue:
    return Issue(code, message, Severity.WARNING, hint, field=field)


# -- period ---------------------------------------------------------------------------------------------------


def window(period: Period, opens_day: int, closes_day: int) -> tuple[date, date]:
    """First and last day of the *jangka waktu evaluasi*.

    The regulation gives no dates for a quarter: they are an office setting (day of the last month, day of the next).
    The annual evaluation runs to the end of January (Lampiran IV.A.8b).
    """
    last = period.ends
    opens = last.replace(day=min(opens_day, last.day))
    year, month = (last.year + 1, 1) if last.month == 12 else (last.year, last.month + 1)
    closes = date(year, month, 31) if period.quarter == 0 else date(year, month, min(closes_day, 28))
    return opens, closes


# -- who ------------------------------------------------------------------------------------------------------

_NO_SKP = (
    (("CLTN", "CUTI DI LUAR TANGGUNGAN", "CUTI DILUAR TANGGUNGAN"), N_("Cuti di luar tanggungan negara")),
    (("PEMBERHENTIAN SEMENTARA", "DIBERHENTIKAN SEMENTARA"), N_("Diberhentikan sementara")),
    (("PEJABAT NEGARA",), N_("Pejabat negara")),
    (("NONSTRUKTURAL", "NON STRUKTURAL"), N_("Anggota lembaga nonstruktural")),
    (("PERSIAPAN PENSIUN", "MPP"), N_("Masa persiapan pensiun")),
    (("KEPALA DESA", "PERANGKAT DESA"), N_("Kepala atau perangkat desa")),
)


def exclusion_reason(legal_status: str) -> str | None:
    """Why somebody gets no SKP and no evaluation, or None (Lampiran II.C.8; SE Kepala BKN 1/2023 for villages).

    Compared by name, because the codes of local systems differ.
    """
    text = " ".join(legal_status.upper().replace(".", " ").replace("-", " ").split())
    words = text.split()
    for names, reason in _NO_SKP:
        if any(name in words if " " not in name else name in text for name in names):
            return _(reason)
    return None


# -- states ---------------------------------------------------------------------------------------------------


def state_of(result: Rating | None, behaviour: Rating | None) -> State:
    """``rated`` (dinilai) once both ratings are there, else ``draft``."""
    return State.RATED if result and behaviour else State.DRAFT


def final_problems(
    result: Rating | None,
    behaviour: Rating | None,
    organisation: OrganisationRating | None,
    *,
    has_assessor: bool = True,
) -> list[Issue]:
    """What stands between an evaluation and ``final``: missing ratings block, the rest is shown."""
    issues = []
    if result is None:
        issues.append(Issue("result_missing", _("Rating hasil kerja belum diisi."), field="result_rating"))
    if behaviour is None:
        issues.append(Issue("behaviour_missing", _("Rating perilaku kerja belum diisi."), field="behaviour_rating"))
    if organisation is None:
        text = _("Capaian organisasi unit penilai belum diisi; tempatnya pada formulir akan kosong.")
        issues.append(_warning("organisation_result_missing", text, _("Isi capaian organisasi.")))
    if not has_assessor:
        text = _("Pejabat Penilai Kinerja belum diketahui.")
        issues.append(_warning("assessor_missing", text, _("Tetapkan pimpinan unit atau atasan pegawai.")))
    return issues


_LEADER_RATINGS = {
    OrganisationRating.ISTIMEWA: Rating.DI_ATAS,
    OrganisationRating.BAIK: Rating.SESUAI,
    OrganisationRating.BUTUH_PERBAIKAN: Rating.DI_BAWAH,
    OrganisationRating.KURANG: Rating.DI_BAWAH,
    OrganisationRating.SANGAT_KURANG: Rating.DI_BAWAH,
}


def leader_rating(result: OrganisationRating) -> Rating:
    """The rating hasil kerja proposed for the head of a unit: the unit's own result (SE MenPANRB 3/2023).

    A proposal only: the assessor may decide otherwise.
    """
    return _LEADER_RATINGS[result]


# -- SKP ------------------------------------------------------------------------------------------------------

_ABSOLUTE = ("semua", "selalu", "tidak pernah", "setiap")


@dataclass(frozen=True, slots=True)
class IkiFacts:
    """What the checks need to know about one indicator."""

    main: bool
    target: str | None = None
    perspective: str | None = None
    realised: bool = False


def skp_warnings(ikis: Sequence[IkiFacts], *, leader_feedback: bool, leadership: bool = False) -> list[Issue]:
    """What a careful assessor completes before rating (kinerja: validation rules 3, 4 and 8). Nothing here blocks."""
    if not ikis:
        return [_warning("skp_missing", _("SKP belum diisi, jadi bagian Hasil Kerja pada formulir kosong."))]
    issues = []
    open_main = sum(iki.main and not iki.realised for iki in ikis)
    if open_main:
        text = _("{n} indikator utama belum ada realisasinya.").format(n=open_main)
        issues.append(_warning("realisation_missing", text))
    if not leader_feedback:
        text = _("Belum ada umpan balik pimpinan pada periode ini (Pasal 19 ayat 2).")
        issues.append(_warning("feedback_missing", text))
    if leadership and not any((iki.perspective or "").casefold() == "anggaran" for iki in ikis):
        issues.append(_warning("budget_perspective", _("SKP pimpinan tinggi wajib memuat perspektif Anggaran.")))
    absolute = next((iki.target for iki in ikis if iki.target and has_absolute_word(iki.target)), None)
    if absolute:
        text = _("Target “{target}” bersifat mutlak; sebaiknya terukur.").format(target=absolute)
        issues.append(_warning("absolute_target", text, _("Lampiran II.A.7a angka 7.")))
    return issues


def has_absolute_word(target: str) -> bool:
    """Targets of JA/JF are ideally not absolute (Lampiran II.A.7a.7)."""
    words = f" {' '.join(target.casefold().split())} "
    return any(f" {word} " in words for word in _ABSOLUTE)
