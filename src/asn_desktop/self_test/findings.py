"""What a check is and what it answers."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

from asn_desktop.core.errors import AppError
from asn_desktop.core.i18n import _
from asn_desktop.environment.paths import OfficePaths

PASSPHRASE = "uji mandiri ini"
"""Of the office that a self-test makes and throws away."""


@dataclass(frozen=True, slots=True)
class Place:
    """``work`` is thrown away at the end, ``out`` stays. ``platform`` is Qt's, empty for the usual one."""

    work: Path
    out: Path
    platform: str = ""

    @property
    def home(self) -> OfficePaths:
        """The office that the checks share."""
        return OfficePaths(self.work / "kantor uji é")  # as in a user's folder: a blank and an accent


@dataclass(frozen=True, slots=True)
class Check:
    """``run`` answers with one line for people, or raises. ``key`` is for programs and never changes."""

    key: str
    title: str
    run: Callable[[Place], str]


@dataclass(frozen=True, slots=True)
class Finding:
    """``error`` is empty when sound, otherwise the whole story with its traceback. No personal data: all made up."""

    key: str
    title: str
    sound: bool
    detail: str
    seconds: float
    error: str


class Unsound(AppError):
    """A check ran and gave the wrong answer."""

    def __init__(self, message: str, *, details: str = "") -> None:
        super().__init__(message, _("Kirimkan laporan uji ini kepada petugas TI kantor Anda."), details=details)


def clock() -> datetime:
    """One day for all self-tests: a PC whose calendar is wrong must not look like a broken program."""
    return datetime(2026, 10, 6, 10, 42, tzinfo=timezone(timedelta(hours=7)))


def examine(check: Check, place: Place) -> Finding:
    """Run one check; whatever it raises becomes its finding."""
    started = time.perf_counter()
    sound, detail, error = True, "", ""
    try:
        detail = check.run(place)
    except Exception as problem:  # any failure at all is a finding: that is what a self-test is for
        sound, detail, error = False, _said(problem), traceback.format_exc()
    return Finding(check.key, _(check.title), sound, detail, round(time.perf_counter() - started, 3), error)


def _said(problem: Exception) -> str:
    if isinstance(problem, AppError):
        return f"{problem.message} {problem.details}".strip()
    return f"{type(problem).__name__}: {problem}"
