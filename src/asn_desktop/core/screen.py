"""Where people meet a field on screen: in which section of the form and the panel, and in which column of the list."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of a form ("" for none) and the sentence below it."""

    title: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Screen:
    """A field without a section is in no form, one without a width in no list.

    ``span``: how many of the form's columns it takes. Fields stand in the order of the catalogue, those with a smaller
    ``at`` before it. ``panel``: shown beside the list too, where its section is told. ``width``: of its column in the
    list, in logical pixels; ``caption`` heads that column where the label is too long. ``sort``: the list sorts by it,
    for which an index of the table has to hold it. ``hint``: the quiet sentence below its editor.
    """

    section: Section | None = None
    span: int = 2
    at: int = 0
    panel: bool = False
    width: int = 0
    caption: str = ""
    sort: bool = False
    hint: str = ""


NOWHERE = Screen()
