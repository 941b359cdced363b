"""What a final evaluation said, kept when its SKP is edited afterwards.

The SKP is developed during the year (PermenPANRB 6/2022 Pasal 14 ayat (2)); an evaluation that is final must still
print what was signed. Its sheet is stored just before the first later change, so that nothing is stored for the many
whose SKP never changes again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from asn_desktop.appraisal.model import FrozenSheet
from asn_desktop.appraisal.sheet import Behaviour, EvaluationSheet, Feedback, Iki, Person, Rhk, RhkKind
from asn_desktop.core.chunks import chunks
from asn_desktop.storage.unit_of_work import UnitOfWork

_DATES = ("skp_starts", "skp_ends", "signed_on", "employee_signed_on", "superior_signed_on")
_PEOPLE = ("employee", "assessor", "superior")


def read(connection: Connection, evaluation_ids: Sequence[int]) -> dict[int, EvaluationSheet]:
    """The stored sheets among ``evaluation_ids``."""
    found: dict[int, EvaluationSheet] = {}
    for chunk in chunks(evaluation_ids):
        query = select(FrozenSheet.evaluation_id, FrozenSheet.content).where(FrozenSheet.evaluation_id.in_(chunk))
        found.update({row.evaluation_id: decode(row.content) for row in connection.execute(query)})
    return found


def write(uow: UnitOfWork, sheets: Mapping[int, EvaluationSheet]) -> None:
    uow.insert_many(
        FrozenSheet, [{"evaluation_id": number, "content": encode(sheet)} for number, sheet in sheets.items()]
    )


def discard(uow: UnitOfWork, evaluation_id: int) -> None:
    """The evaluation was reopened: what it will say is being written anew."""
    query = select(FrozenSheet.id).where(FrozenSheet.evaluation_id == evaluation_id)
    uow.delete_many(FrozenSheet, list(uow.connection.scalars(query)))


def encode(sheet: EvaluationSheet) -> str:
    return json.dumps(asdict(sheet), ensure_ascii=False, default=date.isoformat)


def decode(text: str) -> EvaluationSheet:
    """The inverse of :func:`encode`."""
    content: dict[str, Any] = json.loads(text)
    for key in _DATES:
        content[key] = date.fromisoformat(content[key]) if content[key] else None
    for key in _PEOPLE:
        content[key] = Person(**content[key])
    content["rhks"] = tuple(_rhk(each) for each in content["rhks"])
    content["behaviours"] = tuple(
        Behaviour(**{**each, "guidance": tuple(each["guidance"]), "feedback": _feedback(each)})
        for each in content["behaviours"]
    )
    return EvaluationSheet(**content)


def _rhk(content: Mapping[str, Any]) -> Rhk:
    ikis = tuple(Iki(**{**each, "feedback": _feedback(each)}) for each in content["ikis"])
    return Rhk(**{**content, "kind": RhkKind(content["kind"]), "ikis": ikis})


def _feedback(content: Mapping[str, Any]) -> tuple[Feedback, ...]:
    return tuple(Feedback(**each) for each in content["feedback"])
