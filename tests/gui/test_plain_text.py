"""What people typed is shown as they typed it: HTML in a name is no HTML, and a picture in it is never opened.

A list from elsewhere may name somebody ``Ani <img src="//10.0.0.9/s/x.png">``. A label that took it for HTML would ask
that computer for the picture, and Windows would hand it the log-in of the person at the screen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QLabel, QTextEdit, QToolTip, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from asn_desktop.exchange.package.tables import MODELS
from asn_desktop.gui.widgets.shipped_text import ShippedText
from asn_desktop.services import Services
from tests.gui.opened_files import OpeningWatch
from tests.gui.scenes import SCENES, Office, Scene, on_screen, sample_office, shown_in
from tests.gui.screen_texts import texts

FREE_TEXTS: Mapping[str, tuple[str, ...]] = {
    "holiday": ("name", "source"),
    "unit": ("name", "head_name", "head_position"),
    "employee": ("name", "title_back", "birth_place", "position", "education", "address", "inactive_reason"),
    "former_placement": ("position",),
    "skp": ("place",),
    "rhk": ("text", "superior_rhk", "assigned_by"),
    "iki": ("text", "target"),
    "behaviour_expectation": ("text",),
    "evaluation": ("position", "assessor_name", "assessor_position", "notes", "revision_reason"),
    "realisation": ("text", "evidence"),
    "feedback": ("giver_name", "text"),
    "training_event": ("name", "place", "provider", "speakers", "state_reason", "notes"),
    "participant": ("certificate_number", "source"),
    "remediation_plan": ("root_cause", "goal", "outcome_note", "decision_reason"),
    "plan_step": ("action", "success_sign", "evidence", "result"),
}
"""What people write in their own words; the rest of a record are codes, dates and numbers."""


def picture(path: Path) -> Path:
    image = QPixmap(8, 8)
    image.fill(Qt.GlobalColor.red)
    assert image.save(str(path), "PNG")
    return path


def markup(file: Path) -> str:
    return f'<b>tebal</b> <img src="{file}">'


def write_markup(services: Services, file: Path) -> None:
    """Every free text of every record begins with HTML, the names of the office and of its users too."""
    with services.database.write("test.markup", "Isi HTML", undoable=False) as uow:
        for table, fields in FREE_TEXTS.items():
            model = MODELS[table]
            columns = [getattr(model, field) for field in fields]
            rows = uow.connection.execute(select(model.id, *columns)).all()
            changes = [
                (row[0], {field: f"{markup(file)} {old}" for field, old in zip(fields, row[1:], strict=True) if old})
                for row in rows
            ]
            uow.update_many(model, [(number, values) for number, values in changes if values])


@pytest.fixture(scope="module")
def x_png(our_application: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return picture(tmp_path_factory.mktemp("gambar") / "x.png")


@pytest.fixture(scope="module")
def office(our_application: QApplication, tmp_path_factory: pytest.TempPathFactory, x_png: Path) -> Iterator[Office]:
    with sample_office(tmp_path_factory.mktemp("html"), lambda services: write_markup(services, x_png)) as result:
        result.before_names = markup(x_png) + " "
        yield result


@pytest.fixture
def opened(office: Office) -> Iterator[Office]:
    with on_screen(office):
        yield office


@pytest.fixture
def watch(x_png: Path) -> Iterator[OpeningWatch]:
    result = OpeningWatch(x_png)
    yield result
    result.close()


def tip_window() -> QLabel:
    found = [w for w in QApplication.topLevelWidgets() if w.metaObject().className() == "QTipLabel" and w.isVisible()]
    assert len(found) == 1
    assert isinstance(found[0], QLabel)
    return found[0]


def shown_as_tip(text: str, over: QWidget) -> QLabel:
    """The small window that Qt opens for a tool tip of a widget."""
    QToolTip.showText(over.mapToGlobal(QPoint(2, 2)), text, over)
    window = tip_window()
    window.grab()
    return window


def interpreted(root: QWidget) -> list[str]:
    """Labels and text fields that would take a text for markup, whatever they show now."""
    found = []
    for child in (root, *root.findChildren(QWidget)):
        if isinstance(child, QLabel) and child.textFormat() is not Qt.TextFormat.PlainText:
            found.append(f"{type(child).__name__} {child.text()!r}")
        elif isinstance(child, QTextEdit) and not isinstance(child, ShippedText):
            found.append(type(child).__name__)
    return found


def at_an_empty_office(scene: Scene) -> bool:
    return scene.__name__ in ("before_the_window", "an_empty_office")


@pytest.mark.posix_only
@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.__name__)
def test_no_scene_takes_a_name_for_markup(opened: Office, scene: Scene, watch: OpeningWatch) -> None:
    seen: Counter[str] = Counter()
    tips: set[str] = set()
    for shown in shown_in(scene, opened):
        if isinstance(shown, QWidget):
            assert not interpreted(shown)
            shown.grab()
        for where, kind, text in texts(shown):
            if "<b>tebal</b>" in text:
                assert where != "ShippedText"
                seen[kind] += 1
                if kind == "tip":
                    tips.add(text)
        assert watch.openings() == 0, f"{type(shown).__name__} opened the picture"
    assert bool(seen) is not at_an_empty_office(scene), "the walk finds no data: it is broken"
    for text in tips:
        window = shown_as_tip(text, opened.shell.window)
        assert window.text() == text
        assert window.textFormat() is Qt.TextFormat.PlainText
        window.hide()
    assert watch.openings() == 0, "a tool tip opened the picture"


@pytest.mark.posix_only
def test_the_watch_sees_what_a_label_of_qt_would_open(qtbot: QtBot, watch: OpeningWatch, x_png: Path) -> None:
    raw = QLabel(markup(x_png))
    qtbot.addWidget(raw)
    raw.grab()
    assert watch.openings() > 0
    assert interpreted(raw)


@pytest.mark.posix_only
def test_the_shipped_text_opens_nothing(qtbot: QtBot, watch: OpeningWatch, x_png: Path) -> None:
    view = ShippedText(f"# Baru\n\n![gambar]({x_png}) {markup(x_png)}", "Yang baru")
    qtbot.addWidget(view)
    view.grab()
    assert "Baru" in view.toPlainText()
    assert watch.openings() == 0
