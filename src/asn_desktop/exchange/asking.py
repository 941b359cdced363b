"""Ask a person about a column or a spelling, and hold back what waits for the answer.

Whoever reads or plans asks through :class:`Asking` and goes on with the answer at once::

    answer = read.asking.ask(question)
    if not answer:
        read.asking.hold(question.id, (row.sheet, row.row), ("opd", "unit"))

Answers come from outside (``ExchangeService.examine(answers={question.id: choice.key})``), or from an earlier import of
this office: those are taken as well, and shown as such. Nothing is guessed: while a question is open, the rows held for
it are in conflict (:meth:`Asking.withhold`), and a column in doubt is not read at all. Applying a plan keeps the
answers of questions with ``remember`` (:func:`keep`), in the same operation, so that one Ctrl+Z takes back both.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection, select

from asn_desktop.exchange.model import LayoutMapping
from asn_desktop.exchange.plan import Fate, PlannedRow
from asn_desktop.exchange.questions import MEMORY, Answers, Question, memory_key
from asn_desktop.storage.unit_of_work import UnitOfWork

RowKey = tuple[str, int]


@dataclass(slots=True)
class Asking:
    """The questions of one reading, answered as far as they are. ``known``: (answer, its label then) of earlier
    imports; a unit that has been renamed since is asked about again."""

    given: Answers = field(default_factory=dict)
    known: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    questions: dict[str, Question] = field(default_factory=dict)
    _held: dict[RowKey, dict[str, frozenset[str] | None]] = field(default_factory=dict)

    def ask(self, question: Question) -> str:
        """The key of the answer, or of the default; "" while nobody has said. An answer that is none of the choices, as
        when another one has changed them, is none."""
        labels = {choice.key: choice.label for choice in question.choices}
        answer, remembered = self.given.get(question.id, ""), False
        answer = answer if answer in labels else ""
        if not answer and question.id not in self.given and question.remember:
            found, label = self.known.get(memory_key(question), ("", ""))
            answer, remembered = (found, True) if labels.get(found) == label else ("", False)
        question = replace(question, answer=answer, remembered=remembered)
        self.questions[question.id] = question
        return question.answer or question.default

    def imply(self, question: Question, answer: str) -> None:
        """Keep an answer that goes without saying here, for the rows that are corrected and come again."""
        self.questions[question.id] = replace(question, answer=answer, implied=True)

    def hold(self, question_id: str, key: RowKey, fields: Iterable[str] | None = None) -> None:
        """Row ``key`` waits for an answer if it would write one of ``fields`` (None: in every case)."""
        self._held.setdefault(key, {})[question_id] = None if fields is None else frozenset(fields)

    def withhold(self, rows: Sequence[PlannedRow]) -> list[PlannedRow]:
        """The rows that wait, as conflicts; counts them, and drops questions on which nothing depends after all."""
        counted: Counter[str] = Counter()
        held = dict.fromkeys(name for waits in self._held.values() for name in waits)
        found = []
        for row in rows:
            waits = self._waiting(row)
            if waits:
                counted.update(waits)
                row = replace(row, fate=Fate.CONFLICT, options=(), changes=(), waits=waits)
            found.append(row)
        for name in held:
            if counted[name]:
                self.questions[name] = replace(self.questions[name], rows=counted[name])
            else:
                del self.questions[name]
        return found

    def _waiting(self, row: PlannedRow) -> tuple[str, ...]:
        waits = self._held.get(row.key)
        if not waits or row.fate in (Fate.REJECTED, Fate.IGNORED):
            return ()
        if row.fate is Fate.NEW or row.options:
            return tuple(waits)
        would = {change.field for change in row.changes}
        return tuple(name for name, fields in waits.items() if fields is None or fields & would)


def remembered(connection: Connection) -> dict[str, tuple[str, str]]:
    """Memory key → answer and its label, of all earlier imports of this office."""
    query = select(LayoutMapping.kind, LayoutMapping.signature, LayoutMapping.mapping)
    rows = connection.execute(query.where(LayoutMapping.kind.startswith(MEMORY)))
    stored = {f"{row.kind}:{row.signature}": json.loads(row.mapping) for row in rows}
    return {key: (str(said["answer"]), str(said["label"])) for key, said in stored.items()}


def keep(uow: UnitOfWork, questions: Iterable[Question]) -> None:
    """Keep what a person has answered, for the next workbook that asks the same."""
    stored = {
        (row.kind, row.signature): row
        for row in uow.connection.execute(
            select(LayoutMapping.id, LayoutMapping.kind, LayoutMapping.signature, LayoutMapping.mapping).where(
                LayoutMapping.kind.startswith(MEMORY)
            )
        )
    }
    for question in questions:
        chosen = question.chosen
        if not question.remember or not question.answer or chosen is None:
            continue
        kind, _colon, signature = memory_key(question).partition(":")
        said = {"answer": chosen.key, "label": chosen.label, "subject": question.subject}
        text = json.dumps(said, ensure_ascii=False)
        found = stored.get((kind, signature))
        if found is None:
            uow.insert(LayoutMapping, {"kind": kind, "signature": signature, "mapping": text})
        elif found.mapping != text:
            uow.update(LayoutMapping, found.id, {"mapping": text})
