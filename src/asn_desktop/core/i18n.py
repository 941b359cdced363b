"""Texts for people. Indonesian is the source language; gettext leaves room for others.

``_`` marks and translates a text; ``N_`` only marks one (for tables built at import time).
"""

from __future__ import annotations

import gettext

_translations: gettext.NullTranslations = gettext.NullTranslations()


def install(translations: gettext.NullTranslations) -> None:
    """Use another catalogue for every text translated from now on."""
    global _translations
    _translations = translations


def _(message: str) -> str:
    return _translations.gettext(message) if message else ""  # of nothing, gettext answers its own header


def N_(message: str) -> str:  # noqa: N802 - the name gettext tools look for
    return message
