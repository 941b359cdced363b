"""The forms of training and their equivalent in JP, from ``resources/reference/bentuk_pengkom.csv``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from asn_desktop.environment.resources import reference_table

JP_PARAMETER = "jp.setara.{code}"
"""Key of the editable parameter that holds the JP of one activity of a form without curriculum."""


@dataclass(frozen=True, slots=True)
class TrainingForm:
    """One *bentuk pelatihan*. ``by_certificate``: the JP stand on the certificate, nothing is proposed."""

    code: str
    channel: str
    """``klasikal`` or ``nonklasikal``."""
    name: str
    national_code: str
    default_jp: int | None
    source: str

    @property
    def by_certificate(self) -> bool:
        return self.default_jp is None

    @property
    def jp_parameter(self) -> str:
        return JP_PARAMETER.format(code=self.code)


@cache
def training_forms() -> tuple[TrainingForm, ...]:
    """All forms in the order of the regulation: klasikal, then nonklasikal."""
    return tuple(
        TrainingForm(
            row["kode"],
            row["bentuk"],
            row["jalur"],
            row["kode_jenis_diklat_nasional"],
            int(row["jp_default_per_kegiatan"]) if row["jp_default_per_kegiatan"] else None,
            row["source"],
        )
        for row in reference_table("bentuk_pengkom")
    )


@cache
def forms_by_code() -> dict[str, TrainingForm]:
    return {form.code: form for form in training_forms()}


def form_name(code: str) -> str:
    """The name of a form; the code itself for a form this version does not know."""
    form = forms_by_code().get(code)
    return form.name if form else code
