"""What a workbook leaves open for a person to decide: one question per column or per spelling, never per row. Pure.

How they are asked, answered and remembered: :mod:`.asking`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from asn_desktop.core.columns import normalise_heading
from asn_desktop.core.i18n import _
from asn_desktop.core.issues import Issue, Location, Severity

Answers = Mapping[str, str]
"""Question id → key of the choice."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One possible answer."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Sample:
    """A cell of the file that shows what is asked about."""

    cell: str
    value: str


@dataclass(frozen=True, slots=True)
class Question:
    """``kind`` and ``subject`` (a spelling, a sheet, a column) say what it is about and stay the same from import to
    import; ``code`` is that of the issue while it is open, ``subject_text`` how the subject is written in the file.

    ``choices`` likeliest first. ``rows`` counts the rows that wait for the answer, or that it is about. ``default``
    holds until a person answers, and makes the question one that does not wait. ``effect`` says what happens meanwhile.
    """

    kind: str
    subject: str
    code: str
    text: str
    choices: tuple[Choice, ...]
    subject_text: str = ""
    hint: str = ""
    effect: str = ""
    samples: tuple[Sample, ...] = ()
    rows: int = 0
    default: str = ""
    remember: bool = True
    location: Location = field(default_factory=Location)
    answer: str = ""
    remembered: bool = False
    implied: bool = False
    """Not asked at all: only kept, so that what goes without saying now need not be asked when the rest comes in."""

    @property
    def id(self) -> str:
        return f"{self.kind}:{self.subject}"

    @property
    def open(self) -> bool:
        return not self.answer and not self.default

    @property
    def chosen(self) -> Choice | None:
        wanted = self.answer or self.default
        return next((choice for choice in self.choices if choice.key == wanted), None)


def issue_of(question: Question) -> Issue | None:
    """What a report says of a question: open ones wait for a decision, remembered and default answers are told."""
    severity, message, hint = Severity.DECISION, question.text, question.hint
    chosen = question.chosen
    if question.open:
        choices = _("Pilihan: {list}.").format(list="; ".join(choice.label for choice in question.choices))
        hint = " ".join(filter(None, (question.effect, choices, hint)))
    elif question.answer and not question.remembered:
        return None
    else:
        severity = Severity.NOTE if question.remembered else Severity.WARNING
        assert chosen is not None
        taken = _("{choice} (diingat dari impor sebelumnya).") if question.remembered else _("{choice}.")
        message = f"{question.text} {taken.format(choice=chosen.label)}"
    return Issue(question.code, message, severity, hint, question.subject_text, question.kind, question.location)


MEMORY = "answer."
"""Begins the kind of every remembered answer in ``layout_mapping``."""


def memory_key(question: Question) -> str:
    """Under which an answer is kept: the same spelling in another case or spacing is the same question."""
    text = normalise_heading(question.subject) or question.subject
    return f"{MEMORY}{question.kind}:{hashlib.sha256(text.encode()).hexdigest()[:32]}"
