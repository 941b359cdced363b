"""The events of the sample training year, from ``resources/sample/training_events.csv``; providers are made up."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import Any

from asn_desktop.environment.resources import resource_path

_NUMBERS = frozenset({"days_from_today", "length", "jp", "quota", "waiting", "budget"})


@dataclass(frozen=True, slots=True)
class SampleEvent:
    """Days count from the day the sample is made. Amounts in rupiah, JP of 45 minutes.

    ``posts``: beginnings of the posts it is for, empty for everybody; ``waiting``: nominations beyond the quota;
    ``called_off``: ``postponed`` or ``cancelled``, with the ``reason``.
    """

    days_from_today: int
    length: int
    form: str
    competence: str
    name: str
    jp: int
    quota: int
    waiting: int
    budget: int
    funding: str
    place: str
    provider: str
    speakers: str
    posts: tuple[str, ...]
    called_off: str
    reason: str

    @property
    def for_everybody(self) -> bool:
        return not self.posts

    def is_for(self, position: str | None) -> bool:
        return self.for_everybody or (position or "").startswith(self.posts)


def sample_events() -> list[SampleEvent]:
    with resource_path("sample", "training_events.csv").open(encoding="utf-8", newline="") as file:
        return [_event(row) for row in csv.DictReader(file)]


def _event(row: dict[str, str]) -> SampleEvent:
    values: dict[str, Any] = {key: int(text) if key in _NUMBERS else text for key, text in row.items()}
    values["posts"] = tuple(filter(None, row["posts"].split(";")))
    return SampleEvent(**values)
