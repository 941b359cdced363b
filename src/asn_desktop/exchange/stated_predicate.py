"""The two ratings of a workbook, and the predicate it states beside them: compared with what follows, never taken."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from asn_desktop.appraisal import tables
from asn_desktop.appraisal.predicate import PREDICATES, RATINGS, Rating
from asn_desktop.core.i18n import _

BOTH = ("result_rating", "behaviour_rating")
_LABELS = {**dict(RATINGS), **dict(PREDICATES)}


def label(code: str) -> str:
    """The word for the code of a rating or predicate."""
    return _(_LABELS.get(code, code))


def missing(values: Mapping[str, Any]) -> tuple[str, str, str, str] | None:
    """What to say (field, code, text, hint) of the rating that is missing; None where both are there."""
    field = next((key for key in BOTH if not values.get(key)), None)
    if field is None:
        return None
    hint = _("Isi Di Atas, Sesuai, atau Di Bawah Ekspektasi.")
    return field, "rating_missing", _("Rating belum diisi; keduanya harus ada."), hint


def following(result: str, behaviour: str) -> str:
    """The code of the predicate that two ratings give by the nine-cell table."""
    return tables.matrix()[Rating(result), Rating(behaviour)].value


def contradiction(stated: object, result: str, behaviour: str) -> tuple[str, str] | None:
    """What is wrong with a stated predicate, and what to do; None where it fits or none is stated."""
    if not isinstance(stated, str) or stated == following(result, behaviour):
        return None
    text = _("Predikat “{declared}” tidak cocok: {result} dan {behaviour} menghasilkan “{follows}”.").format(
        declared=label(stated),
        result=label(result),
        behaviour=label(behaviour),
        follows=label(following(result, behaviour)),
    )
    return text, _("Tanyakan kepada pejabat penilai mana yang benar. Sebelum diputuskan, data tidak berubah.")
