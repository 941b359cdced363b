"""The three-way rule for one field. Pure."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, Final


class Unknown:
    """The base of a row that carries none: somebody added it in Excel."""

    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN: Final = Unknown()


class Outcome(StrEnum):
    SAME = "same"
    """Nothing to do: nobody changed it, or both made it the same."""
    NEWER_HERE = "newer_here"
    """Only we changed it since the worksheet went out: ours stays."""
    INCOMING = "incoming"
    """Only they changed it: theirs is taken."""
    CONFLICT = "conflict"
    """Both changed it, differently: a person decides."""


def merge(base: Any, ours: Any, theirs: Any) -> Outcome:
    """What becomes of a field. All three in comparable form; None is an empty field.

    A cell that was left blank says nothing and must not come here. Without a base an empty field of ours is free to
    be filled, anything else that differs is a conflict.
    """
    if theirs == ours:
        return Outcome.SAME
    if isinstance(base, Unknown):
        return Outcome.INCOMING if ours is None else Outcome.CONFLICT
    if theirs == base:
        return Outcome.NEWER_HERE
    return Outcome.INCOMING if ours == base else Outcome.CONFLICT
