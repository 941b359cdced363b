"""Choosing a passphrase: typed twice, its strength said in words."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from asn_desktop.accounts.passphrase import MINIMUM_LENGTH, weakness
from asn_desktop.core.i18n import _
from asn_desktop.gui import theme
from asn_desktop.gui.start.fields import PassphraseField
from asn_desktop.gui.widgets import Chip, label


@dataclass(frozen=True, slots=True)
class Strength:
    """A word, its tone, and what would help."""

    word: str
    tone: str
    advice: str
    enough: bool


def strength(passphrase: str) -> Strength:
    """How hard a passphrase is to guess, by length and variety; what a stranger would try first is not enough."""
    if not passphrase:
        return Strength("", "neutral", _("Beberapa kata yang mudah diingat, misalnya tiga benda di meja Anda."), False)
    if len(passphrase) < MINIMUM_LENGTH:
        missing = MINIMUM_LENGTH - len(passphrase)
        return Strength(_("Terlalu pendek"), "bad", _("Kurang {n} huruf lagi.").format(n=missing), False)
    if weakness(passphrase):
        return Strength(_("Mudah ditebak"), "bad", _("Tambahkan satu atau dua kata lain."), False)
    plain = passphrase.lower()
    bits = math.log2(_alphabet(passphrase)) * len(set(plain)) * 0.75 + len(plain)
    if bits < 45:
        return Strength(_("Cukup"), "attention", _("Satu kata lagi membuatnya kuat."), True)
    return Strength(_("Kuat"), "good", _("Mudah diingat oleh Anda, sulit ditebak orang lain."), True)


def _alphabet(text: str) -> int:
    size = 2
    size += 26 if any(char.islower() for char in text) else 0
    size += 26 if any(char.isupper() for char in text) else 0
    size += 10 if any(char.isdigit() for char in text) else 0
    size += 30 if any(not char.isalnum() for char in text) else 0
    return size


class NewPassphrase(QWidget):
    """Two fields and the strength of what was typed. :meth:`accept` says whether it can be used."""

    def __init__(self, caption: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        self.first = PassphraseField(caption or _("Kata sandi"), parent=self)
        self.second = PassphraseField(_("Ulangi kata sandi"), parent=self)
        words = QHBoxLayout()
        words.setSpacing(theme.SPACE)
        self._chip = Chip(_("Cukup"), parent=self)
        self._advice = label("", "secondary", wrap=True, parent=self)
        words.addWidget(self._chip)
        words.addWidget(self._advice, 1)
        column.addWidget(self.first)
        column.addLayout(words)
        column.addWidget(self.second)
        self.first.edited.connect(self._judge)
        self._judge("")

    @property
    def value(self) -> str:
        return self.first.text

    @property
    def strength_word(self) -> str:
        return self._chip.text

    def accept(self) -> bool:
        """Whether both fields hold the same usable passphrase; otherwise says at the field what is wrong."""
        reason = weakness(self.first.text)
        if reason:
            self.first.set_error(reason)
            self.first.line.setFocus()
            return False
        if self.first.text != self.second.text:
            self.second.set_error(_("Kedua isian belum sama."))
            self.second.line.setFocus()
            return False
        return True

    def clear(self) -> None:
        self.first.clear()
        self.second.clear()
        self._judge("")

    def _judge(self, text: str) -> None:
        found = strength(text)
        self._chip.setVisible(bool(found.word))
        self._chip.set_content(found.word or _("Cukup"), found.tone)
        self._advice.setText(found.advice)
