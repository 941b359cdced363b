"""What a key acts on is what is shown: random keys and clicks over every list of the program.

The lists are those of the gallery's scenes; a list that no scene shows is a failure too. After each step the
highlighted rows, the cursor, the panel beside the list and what an action would act on are compared.
"""

from __future__ import annotations

import ast
import inspect
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

import asn_desktop.gui
from asn_desktop.devtools import gallery_exchange, gallery_office
from asn_desktop.devtools.gallery import scenes
from asn_desktop.gui.appraisal import panels as appraisal_panels
from asn_desktop.gui.appraisal.grid import BEHAVIOUR, RESULT
from asn_desktop.gui.personnel import panel as personnel_panel
from asn_desktop.gui.remediation.plan_panel import PlanPanel
from asn_desktop.gui.table_view import TableView
from tests.gui.recorder import MessageRecorder
from tests.gui.windows import delete_windows

STEPS = 60
GUI = Path(asn_desktop.gui.__file__).parent
SHARED = {"table_view.py", "chosen_rows.py", "row_table.py", "table_page.py", "grid.py"}
Key, Held, Button = Qt.Key, Qt.KeyboardModifier, Qt.MouseButton
MOVES = (Key.Key_Up, Key.Key_Down, Key.Key_Home, Key.Key_End, Key.Key_PageUp, Key.Key_PageDown)
MODIFIERS = (Held.NoModifier, Held.NoModifier, Held.ControlModifier, Held.ShiftModifier,
             Held.ControlModifier | Held.ShiftModifier)  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def offices() -> Iterator[None]:
    """The gallery's offices; removed at the end."""
    yield
    for gallery in (gallery_office, gallery_exchange):
        gallery.finish()
    for made in (gallery_office.services, gallery_office.bus, gallery_office.runner, gallery_office._home):
        made.cache_clear()


@pytest.fixture
def made_at(monkeypatch: pytest.MonkeyPatch) -> dict[TableView, tuple[str, int]]:
    """Where in the program each list is made."""
    found: dict[TableView, tuple[str, int]] = {}
    original = TableView.__init__

    def noting(self: TableView, *args: Any, **named: Any) -> None:
        frame = inspect.currentframe()
        while frame is not None and Path(frame.f_code.co_filename).name in SHARED | {Path(__file__).name}:
            frame = frame.f_back
        assert frame is not None
        found[self] = (frame.f_code.co_filename, frame.f_lineno)
        original(self, *args, **named)

    monkeypatch.setattr(TableView, "__init__", noting)
    return found


@pytest.fixture
def shown(qtbot: QtBot) -> Callable[[str], tuple[QWidget, list[TableView]]]:
    def show(name: str) -> tuple[QWidget, list[TableView]]:
        window = scenes()[name]()
        qtbot.addWidget(window)
        window.resize(1366, 728)
        window.show()
        qtbot.waitExposed(window)
        lists = [one for one in window.findChildren(TableView) if one.isVisible() and one.paged.rowCount()]
        assert lists, f"no list with rows in {name}"
        return window, lists

    return show


class Walk:
    """Random steps over one list; says which steps led to a contradiction."""

    def __init__(self, window: QWidget, table: TableView, seed: int) -> None:
        self.window, self.table, self.random = window, table, random.Random(seed)
        self.all_ids = list(table.paged.ids)
        self.done: list[str] = []
        self.told: list[Any] = []
        table.current_row.connect(lambda row: self.told.append(None if row is None else table.current_id()))

    def step(self) -> None:
        steps = [self.key, self.key, self.click, self.click, self.read_again, self.search, self.sort, self.select_all,
                 self.wheel, self.focus]  # fmt: skip
        self.random.choice(steps)()

    def key(self) -> None:
        key, held = self.random.choice(MOVES), self.random.choice(MODIFIERS)
        self.done.append(f"key {key} {held}")
        QTest.keyClick(self.table, key, held)

    def click(self) -> None:
        viewport, held = self.table.viewport(), self.random.choice(MODIFIERS)
        at = QPoint(self.random.randrange(40, max(41, viewport.width() - 40)), self.random.randrange(viewport.height()))
        self.done.append(f"click {at.toTuple()} {held}")
        self.table.cells.ratings_locked = True  # to move only; ratings have their own test
        QTest.mouseClick(viewport, Button.LeftButton, held, at)

    def read_again(self) -> None:
        """Another write has taken rows away or brought them back."""
        gone = set(self.random.sample(range(len(self.all_ids)), self.random.randrange(len(self.all_ids) // 2 + 1)))
        ids = [one for place, one in enumerate(self.all_ids) if place not in gone]
        other = self.random.random() < 0.3
        self.done.append(f"read again without {len(gone)}, other question {other}")
        before, old = self.table.current_id(), list(self.table.paged.ids)
        self.table.paged.set_ids(ids, other_question=other)
        if before is not None and ids and self.table.isVisible():
            now = self.table.current_id()
            after = [one for one in old[old.index(before) :] if one in set(ids)]
            known = [one for one in old[: old.index(before)] if one in set(ids)]
            if before in ids:
                assert now == before, self.done
            elif not other:
                assert now == (after[0] if after else known[-1] if known else ids[0]), self.done

    def search(self) -> None:
        """The list shows something else."""
        ids = self.random.sample(self.all_ids, self.random.randrange(len(self.all_ids) + 1))
        self.done.append(f"search finds {len(ids)}")
        self.table.paged.set_ids(ids, other_question=True)

    def sort(self) -> None:
        ids = list(self.table.paged.ids)
        self.random.shuffle(ids)
        self.done.append("sort")
        chosen = set(self.table.selected_ids())
        self.table.paged.set_ids(ids, other_question=True)
        if 0 < len(chosen) < 100:
            assert set(self.table.selected_ids()) == chosen, self.done

    def select_all(self) -> None:
        self.done.append("Ctrl+A")
        QTest.keyClick(self.table, Key.Key_A, Held.ControlModifier)

    def wheel(self) -> None:
        bar = self.table.verticalScrollBar()
        self.done.append("wheel")
        bar.setValue(self.random.randint(bar.minimum(), bar.maximum()))

    def focus(self) -> None:
        """Qt itself moves the cursor, as when the focus comes in."""
        self.done.append("focus")
        if self.table.paged.rowCount():
            place = self.table.paged.index(self.random.randrange(self.table.paged.rowCount()), 0)
            self.table.selectionModel().setCurrentIndex(place, QItemSelectionModel.SelectionFlag.NoUpdate)

    def check(self) -> None:
        table, model = self.table, self.table.selectionModel()
        count = table.paged.rowCount()
        highlighted = [place for place in range(count) if model.isSelected(table.paged.index(place, 0))]
        assert table.selected_places() == highlighted, self.done
        assert table.chosen_count == len(highlighted), self.done
        current = table.currentIndex()
        if not count:
            assert (current.isValid(), table.row()) == (False, None), self.done
            return
        if table.first_by_itself:
            assert highlighted, self.done
        assert current.isValid() == bool(highlighted), self.done
        if current.isValid():
            assert current.row() in highlighted, self.done
        one = table.current_id() if len(highlighted) == 1 else None
        assert one == (table.paged.id_at(highlighted[0]) if len(highlighted) == 1 else None), self.done
        if self.told:
            assert self.told[-1] == one, self.done
        for panel in self.window.findChildren(QWidget):
            if panel.isVisible() and type(panel) in PANELS:
                assert PANELS[type(panel)](panel) == one, (type(panel), self.done)


def _plan(panel: Any) -> int | None:
    return panel.detail.row.id if panel.detail is not None else None


def _person(panel: Any) -> int | None:
    return panel.card.detail.row.id if panel.card is not None else None


def _evaluation(panel: Any) -> int | None:
    return panel.row.id if panel.row is not None else None


PANELS: dict[type, Callable[[Any], int | None]] = {
    PlanPanel: _plan,
    personnel_panel.PersonPanel: _person,
    appraisal_panels.PersonPanel: _evaluation,
}


def test_every_list_acts_on_what_it_shows(
    qtbot: QtBot, made_at: dict[TableView, tuple[str, int]], messages: MessageRecorder
) -> None:
    """Walks over the lists of all scenes; a list that no scene shows with rows is named at the end."""
    walked: set[tuple[str, int]] = set()
    for name, scene in scenes().items():
        if name.startswith("mulai-") or name == "pertukaran-meja":
            continue  # a first start has no lists; the desk's merge comes after the other scenes of the exchange
        _walk_scene(qtbot, name, scene, made_at, walked)
    _walk_scene(qtbot, "pertukaran-meja", scenes()["pertukaran-meja"], made_at, walked)
    assert not (missing := sorted(_list_places() - {_place_of(at) for at in walked})), (
        f"lists no gallery scene shows with rows: {missing}"
    )


def _walk_scene(
    qtbot: QtBot, name: str, scene: Callable[[], QWidget], made_at: dict[TableView, tuple[str, int]],
    walked: set[tuple[str, int]],
) -> None:  # fmt: skip
    before = QApplication.topLevelWidgets()
    window = scene()
    window.resize(1366, 728)
    window.show()
    lists = [one for one in window.findChildren(TableView) if one.isVisible() and one.paged.rowCount()]
    fresh = [one for one in lists if made_at[one] not in walked and Path(made_at[one][0]).is_relative_to(GUI)]
    # A list of people follows the list of events above it: walking over both would test the first one twice.
    for table in fresh[:1]:
        walked.add(made_at[table])
        walk = Walk(window, table, seed=len(walked))
        walk.done.append(name)
        walk.check()
        for _step in range(STEPS):
            walk.step()
            walk.check()
    delete_windows(keep=before)


def _list_places() -> set[str]:
    """``file:line`` of every place in the program that makes a list."""
    makers = {"RowTable", "TableView", "TablePage", "RatingGrid"}
    return {
        f"{path.relative_to(GUI)}:{call.lineno}"
        for path in GUI.rglob("*.py")
        if path.name not in SHARED
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in makers
    }


def _place_of(at: tuple[str, int]) -> str:
    """The call that a line belongs to: ``file:line`` of its beginning."""
    path, line = Path(at[0]), at[1]
    calls = [
        call
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and call.lineno <= line <= (call.end_lineno or call.lineno)
    ]
    names = {"RowTable", "TableView", "TablePage", "RatingGrid"}
    call = next(one for one in calls if isinstance(one.func, ast.Name) and one.func.id in names)
    return f"{path.relative_to(GUI)}:{call.lineno}"


def test_a_rating_goes_to_the_people_shown(
    shown: Callable[[str], tuple[QWidget, list[TableView]]], messages: MessageRecorder
) -> None:
    """Digits, Del, Tab and Enter between random moves: only the chosen, visible rows change."""
    window, [table] = shown("penilaian")
    grid = next(one for one in window.findChildren(QWidget) if type(one).__name__ == "RatingGrid")
    appraisal = gallery_office.services().appraisal
    walk = Walk(window, table, seed=7)
    ids = walk.all_ids[:90]
    walk.all_ids = ids
    table.paged.set_ids(ids)
    table.cells.ratings_locked = False
    messages._answers.extend([False] * 500)

    def stored() -> dict[int, Any]:
        return {row.id: (row.result, row.behaviour) for row in appraisal.evaluation_rows(ids)}

    rated = 0
    for _step in range(250):
        walk.step()
        table.cells.ratings_locked = False
        before, chosen, column = stored(), table.selected_ids(), grid.rating_column()
        place = table.currentIndex()
        top = table.rowViewportPosition(place.row())
        visible = place.isValid() and -table.rowHeight(place.row()) < top < table.viewport().height()
        key = walk.random.choice([Key.Key_1, Key.Key_2, Key.Key_3, Key.Key_Delete, Key.Key_Tab, Key.Key_Return])
        walk.done.append(f"press {key}")
        QTest.keyClick(table, key)
        now = stored()
        changed = [number for number in ids if now[number] != before[number]]
        assert set(changed) <= set(chosen), walk.done
        assert visible or not changed, walk.done
        assert len(changed) <= 10, walk.done  # more are asked about, and the answer was no
        for number in changed:
            other = 1 if column == RESULT else 0
            assert column in (RESULT, BEHAVIOUR), walk.done
            assert now[number][other] == before[number][other], walk.done
        if len(changed) == 1 and len(chosen) == 1:
            name = appraisal.evaluation_rows(changed)[0].name
            panel = window.findChildren(appraisal_panels.PersonPanel)[0]
            assert panel.name.text() == name, walk.done
            assert gallery_office.services().safety.history(1)[0].label == f"Nilai {name}", walk.done
        rated += bool(changed)
        walk.check()
    messages._answers.clear()
    assert rated > 40


def test_a_dialog_names_the_person_of_the_panel(
    shown: Callable[[str], tuple[QWidget, list[TableView]]],
) -> None:
    window, [table] = shown("pegawai")
    tab = next(one for one in window.findChildren(QWidget) if type(one).__name__ == "PersonnelTab")
    walk = Walk(window, table, seed=3)
    opened = 0
    for _step in range(60):
        walk.step()
        next(one for one in table.actions() if one.shortcut() == QKeySequence("Del")).trigger()
        found = [one for one in tab.findChildren(QWidget) if type(one).__name__ == "LeaveDialog"]
        for dialog in [one for one in found if one.isVisible()]:
            opened += 1
            name = tab.panel.card.detail.row.name
            assert any(name in text.text() for text in dialog.findChildren(QLabel)), walk.done
            dialog.reject()
    assert opened > 15
