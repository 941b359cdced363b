"""Stands in for the windows that speak to the person: remembers what was said, gives queued answers."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtWidgets import QWidget

from asn_desktop.gui.messages import ErrorText, Option


@dataclass
class MessageRecorder:
    """``answer(...)`` queues answers: True/False for questions, a value for choices, text, or paths.

    A question without a queued answer fails the test: nobody would have answered it.
    """

    errors: list[ErrorText] = field(default_factory=list)
    exceptions: list[BaseException] = field(default_factory=list)
    informed: list[str] = field(default_factory=list)
    offers: list[Sequence[Option]] = field(default_factory=list)
    """The options of each question, in the order of ``asked``; the last one is what Enter presses."""
    prefilled: list[str] = field(default_factory=list)
    """What stood in each question for a sentence when it was asked."""
    asked: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    saved_paths: list[Path] = field(default_factory=list)
    offered: list[Path] = field(default_factory=list)
    """Where each file dialog began: a folder, or a folder with the proposed name."""
    last_undo: Callable[[], object] | None = None
    expect_errors: bool = False
    _answers: deque[object] = field(default_factory=deque)

    def answer(self, *answers: object) -> None:
        self._answers.extend(answers)

    @property
    def unused_answers(self) -> list[object]:
        return list(self._answers)

    def take_errors(self) -> list[ErrorText]:
        """The errors so far; the test has seen them, they no longer fail it at the end."""
        seen, self.errors = self.errors, []
        return seen

    def _next(self, question: str) -> object:
        self.asked.append(question)
        assert self._answers, f"a question nobody answers: {question}"
        return self._answers.popleft()

    # the Messenger protocol -------------------------------------------------------------------

    def error(self, parent: QWidget | None, text: ErrorText, error: BaseException) -> None:
        self.errors.append(text)
        self.exceptions.append(error)

    def inform(self, parent: QWidget | None, title: str, text: str) -> None:
        self.informed.append(f"{title} {text}".strip())

    def choose(self, parent: QWidget | None, title: str, text: str, options: Sequence[Option]) -> str | None:
        self.offers.append(options)
        if title == "Buang isian ini?" and not self._answers:
            return "yes"  # the end of a test gives up what it typed
        answer = self._next(f"{title} {text}".strip())
        if isinstance(answer, bool):
            return "yes" if answer else "no"
        assert answer is None or answer in {option.value for option in options}, f"not offered: {answer}"
        return answer  # type: ignore[return-value]

    def ask_text(
        self, parent: QWidget | None, title: str, label: str, *, text: str, action: str, required: bool, lines: int
    ) -> str | None:
        self.prefilled.append(text)
        answer = self._next(f"{title} {label}".strip())
        assert answer is None or isinstance(answer, str)
        assert answer is None or answer.strip() or not required, "the real dialog would not accept a blank text"
        return answer

    def notify(self, parent: QWidget, text: str, action: str, on_action: Callable[[], object] | None) -> None:
        self.notices.append(text)
        self.last_undo = on_action

    def saved(self, parent: QWidget, text: str, path: Path) -> None:
        assert path.exists(), f"said to be saved, but is not there: {path}"
        self.notices.append(text)
        self.saved_paths.append(path)

    def open_files(
        self, parent: QWidget | None, title: str, start: Path, filters: Sequence[str], *, many: bool
    ) -> list[Path]:
        self.offered.append(start)
        answer = self._next(title)
        if answer is None:
            return []
        return [Path(part) for part in answer] if isinstance(answer, list | tuple) else [Path(str(answer))]

    def save_file(self, parent: QWidget | None, title: str, suggestion: Path, filters: Sequence[str]) -> Path | None:
        self.offered.append(suggestion)
        answer = self._next(title)
        return None if answer is None else Path(str(answer))

    def folder(self, parent: QWidget | None, title: str, start: Path) -> Path | None:
        self.offered.append(start)
        answer = self._next(title)
        return None if answer is None else Path(str(answer))
