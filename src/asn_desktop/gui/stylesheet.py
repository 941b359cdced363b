"""The stylesheet, built from the tokens. Every widget class the program uses is named here.

Widgets choose their look by property: buttons by ``kind`` (``primary``, ``danger``, ``ghost``;
    none is quiet),
frames by ``card``, labels by ``role``, tab bars by ``main``, fields by ``invalid``.
"""

from __future__ import annotations

from string import Template

from PySide6.QtCore import QDir

from asn_desktop.environment.resources import resource_path
from asn_desktop.gui.theme import RADIUS, RADIUS_CARD, RADIUS_SMALL, Tokens


def build(look: Tokens) -> str:
    """The whole stylesheet of a look."""
    QDir.setSearchPaths("asnlight", [str(resource_path("icons", "style-light"))])
    QDir.setSearchPaths("asncontrast", [str(resource_path("icons", "style-contrast"))])
    values: dict[str, object] = {name: getattr(look, name) for name in _COLOURS}
    values |= {f"px{size}": f"{look.px(size)}px" for size in _SIZES}
    values |= {
        "attention_ink": look.tones["attention"].ink,
        "icons": look.icon_set,
        "control": f"{look.control_height - 2 * look.border_width}px",
        "radius": f"{RADIUS}px",
        "card": f"{RADIUS_CARD}px",
        "small": f"{RADIUS_SMALL}px",
        "round_mark": f"{look.px(16) // 2 + 1}px",
        "round_chip": f"{look.px(26) // 2 + 1}px",
    }
    return "\n".join(Template(part).substitute(values) for part in _PARTS)


_COLOURS = (
    "accent", "accent_hover", "accent_pressed", "accent_soft", "on_accent", "ink", "muted", "disabled",
    "line", "line_strong", "line_soft", "ground", "surface", "hover", "pressed", "focus", "danger",
    "danger_hover", "scroll", "scroll_hover", "tooltip", "on_tooltip",
)  # fmt: skip
_SIZES = (1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 15, 16, 18, 20, 22, 24, 26, 28, 30, 32, 36, 40, 44, 64)

_GROUND = """
QMainWindow, QDialog, QWidget[ground="true"] { background: $ground; }
QDialog { background: $surface; }
QFrame[card="true"] { background: $surface; border: 1px solid $line; border-radius: $card; }
QFrame[bar="true"] { background: $surface; border: none; border-bottom: 1px solid $line; }
QFrame[foot="true"] { background: $ground; border: none; border-top: 1px solid $line; }
QFrame[listfoot="true"] { background: $surface; border: none; border-top: 1px solid $line;
    border-bottom-left-radius: $card; border-bottom-right-radius: $card; }
QFrame[band="true"] { background: $surface; border: none; }
QFrame[popup="true"] { background: $surface; border: 1px solid $line_strong; border-radius: $card; }
QFrame[rule="true"] { background: $line; border: none; max-height: 1px; min-height: 1px; }
QScrollArea, QScrollArea > QWidget > QWidget[clear="true"] { background: transparent; border: none; }
QSplitter::handle { background: transparent; }
QSplitter::handle:hover { background: $line; }
QToolTip { background: $tooltip; color: $on_tooltip; border: none; padding: $px6 $px8;
    qproperty-textFormat: PlainText; }
QGroupBox { background: $surface; border: 1px solid $line; border-radius: $card; margin-top: $px20;
    padding: $px12; font-weight: 600; }
QGroupBox::title { subcontrol-origin: margin; left: $px4; padding: 0 $px4; color: $ink; }
"""

_LABELS = """
QLabel { color: $ink; background: transparent; }
QLabel:disabled { color: $disabled; }
QLabel[role="display"] { font-size: $px20; font-weight: 700; }
QLabel[role="title"] { font-size: $px16; font-weight: 700; }
QLabel[role="section"] { font-size: $px14; font-weight: 600; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[role="field"] { font-size: $px12; font-weight: 500; color: $ink; }
QLabel[role="secondary"] { font-size: $px12; color: $muted; }
QLabel[role="error"] { font-size: $px12; color: $danger; font-weight: 500; }
QLabel[role="warning"] { font-size: $px12; color: $attention_ink; font-weight: 500; }
QLabel[role="value"] { font-size: $px26; font-weight: 700; }
QLabel[role="key"] { font-size: $px11; font-weight: 600; color: $muted; background: $surface;
    border: 1px solid $line_strong; border-bottom-width: 2px; border-radius: $small; padding: 0 $px5; }
"""

_BUTTONS = """
QPushButton, QToolButton { background: $surface; color: $ink; border: 1px solid $line_strong;
    border-radius: $radius;
    padding: 0 $px14; min-height: $control; font-weight: 500; }
QPushButton:hover, QToolButton:hover { background: $hover; }
QPushButton:pressed, QToolButton:pressed { background: $pressed; }
QPushButton:checked, QToolButton:checked { background: $accent_soft; border-color: $accent;
    color: $accent_pressed; }
QPushButton:focus, QToolButton:focus { border: 2px solid $focus; padding: 0 ${px13}; min-height: $px28; }
QPushButton:disabled, QToolButton:disabled { background: $ground; color: $disabled; border-color: $line; }
QPushButton[kind="primary"], QToolButton[kind="primary"] { background: $accent; color: $on_accent;
    border: 1px solid $accent; font-weight: 600; }
QPushButton[kind="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[kind="primary"]:pressed { background: $accent_pressed; }
QPushButton[kind="primary"]:focus { border: 2px solid $ink; }
QPushButton[kind="primary"]:disabled { background: $pressed; color: $muted; border-color: $line; }
QPushButton[kind="danger"] { background: $surface; color: $danger; border-color: $danger; }
QPushButton[kind="danger"]:hover { background: $danger; color: $on_accent; }
QPushButton[kind="danger"]:focus { border: 2px solid $danger; }
QPushButton[kind="ghost"], QToolButton[kind="ghost"] { background: transparent; border: 1px solid transparent;
    color: $ink; padding: 0 $px10; }
QPushButton[kind="ghost"]:hover, QToolButton[kind="ghost"]:hover { background: $hover; }
QPushButton[kind="ghost"]:pressed, QToolButton[kind="ghost"]:pressed { background: $pressed; }
QPushButton[kind="ghost"]:focus, QToolButton[kind="ghost"]:focus { border: 2px solid $focus; padding: 0 9px; }
QPushButton[kind="link"] { background: transparent; border: 1px solid transparent; color: $accent;
    padding: 0 $px2;
    min-height: $px22; font-weight: 600; text-align: left; }
QPushButton[kind="link"]:hover { text-decoration: underline; }
QPushButton[kind="link"]:focus { border: 2px solid $focus; }
QToolButton { padding: 0 $px6; }
QToolButton:focus { padding: 0 $px5; }
QToolButton[square="true"] { padding: 0; min-width: $control; max-width: $control; max-height: $control; }
QToolButton[square="true"]:focus { padding: 0; min-width: $px28; max-width: $px28; max-height: $px28; }
QPushButton[filter="true"] { border-radius: $round_chip; min-height: $px26; padding: 0 $px12; font-weight: 500; }
QPushButton[filter="true"]:focus { min-height: $px24; padding: 0 $px11; }
QPushButton::menu-indicator { image: url($icons:chevron-down.svg); width: $px16; height: $px16;
    subcontrol-origin: padding; subcontrol-position: right center; right: $px8; }
QPushButton[hasmenu="true"] { padding-right: $px28; }
QToolButton::menu-indicator { image: none; }
"""

_FIELDS = """
QLineEdit, QTextEdit, QPlainTextEdit, QSpinBox, QDoubleSpinBox, QDateEdit, QTimeEdit, QDateTimeEdit,
    QComboBox {
    background: $surface; color: $ink; border: 1px solid $line_strong; border-radius: $radius;
    selection-background-color: $accent; selection-color: $on_accent; placeholder-text-color: $muted; }
QLineEdit, QSpinBox, QDoubleSpinBox, QDateEdit, QTimeEdit, QDateTimeEdit, QComboBox { min-height: $control; }
QLineEdit, QComboBox, QDateEdit, QTimeEdit, QDateTimeEdit { padding: 0 $px10; }
QTextEdit, QPlainTextEdit { padding: $px6 $px8; }
QLineEdit:hover, QTextEdit:hover, QPlainTextEdit:hover, QSpinBox:hover, QDateEdit:hover, QComboBox:hover {
    border-color: $scroll_hover; }
QLineEdit:focus, QTextEdit:focus, QPlainTextEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QDateEdit:focus,
QTimeEdit:focus, QDateTimeEdit:focus, QComboBox:focus { border: 2px solid $focus; }
QLineEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QDateEdit:focus, QTimeEdit:focus, QDateTimeEdit:focus,
QComboBox:focus { min-height: $px28; padding: 0 9px; }
QTextEdit:focus, QPlainTextEdit:focus { padding: $px5 $px7; }
QLineEdit:disabled, QTextEdit:disabled, QPlainTextEdit:disabled, QSpinBox:disabled, QDateEdit:disabled,
QComboBox:disabled, QLineEdit:read-only, QTextEdit:read-only, QPlainTextEdit:read-only { background: $ground;
    color: $muted; border-color: $line; }
*[invalid="true"] { border: 1px solid $danger; }
*[invalid="true"]:focus { border: 2px solid $danger; }
QLineEdit[bare="true"] { border: none; background: transparent; min-height: $px24; padding: 0; }
QLineEdit QToolButton, QLineEdit QToolButton:hover, QLineEdit QToolButton:pressed { border: none;
    background: transparent; min-height: 0; padding: 0; }
QAbstractSpinBox { max-height: $control; }
QAbstractSpinBox:focus { max-height: $px28; min-height: $px28; }
QComboBox { padding-left: $px12; padding-right: $px28; combobox-popup: 0; }
QComboBox:focus { padding-left: $px11; padding-right: 27px; }
QComboBox::drop-down, QDateEdit::drop-down { subcontrol-origin: border; subcontrol-position: center right;
    width: $px28; border: none; background: transparent; }
QComboBox::down-arrow, QDateEdit::down-arrow { image: url($icons:chevron-down.svg); width: $px16;
    height: $px16; }
QComboBox::down-arrow:disabled { image: url($icons:chevron-down-disabled.svg); }
QComboBox QLineEdit { border: none; background: transparent; padding: 0; min-height: 0; }
QComboBox QAbstractItemView { background: $surface; border: 1px solid $line_strong; padding: $px4;
    outline: none;
    selection-background-color: $accent_soft; selection-color: $ink; }
QComboBox QAbstractItemView::item { min-height: $px28; padding: 0 $px8; border-radius: $small; }
QComboBox QAbstractItemView::item:hover { background: $hover; }
QComboBox QAbstractItemView::item:selected { background: $accent_soft; color: $ink; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { subcontrol-origin: border; width: $px24;
    border: none;
    background: transparent; }
QAbstractSpinBox::up-button { subcontrol-position: top right; margin-top: 2px; }
QAbstractSpinBox::down-button { subcontrol-position: bottom right; margin-bottom: 2px; }
QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover { background: $hover; }
QAbstractSpinBox::up-arrow { image: url($icons:chevron-up.svg); width: $px12; height: $px12; }
QAbstractSpinBox::down-arrow { image: url($icons:chevron-down.svg); width: $px12; height: $px12; }
QAbstractSpinBox::up-arrow:off { image: url($icons:chevron-up-disabled.svg); }
QAbstractSpinBox::down-arrow:off { image: url($icons:chevron-down-disabled.svg); }
QCheckBox, QRadioButton { spacing: $px8; color: $ink; background: transparent; min-height: $px24;
    padding: 0 $px2; }
QCheckBox:disabled, QRadioButton:disabled { color: $disabled; }
QCheckBox::indicator, QRadioButton::indicator { width: $px16; height: $px16; border: 1px solid $line_strong;
    background: $surface; }
QCheckBox::indicator { border-radius: $small; }
QRadioButton::indicator { border-radius: $round_mark; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover { border-color: $accent; }
QCheckBox::indicator:focus, QRadioButton::indicator:focus { border: 2px solid $focus; width: $px14;
    height: $px14; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent; image: url($icons:check.svg); }
QCheckBox::indicator:indeterminate { background: $accent; border-color: $accent;
    image: url($icons:check-partial.svg); }
QRadioButton::indicator:checked { background: $accent; border-color: $accent; image: url($icons:radio.svg); }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { background: $ground; border-color: $line; }
QCheckBox::indicator:checked:disabled, QRadioButton::indicator:checked:disabled { background: $disabled; }
"""

_VIEWS = """
QAbstractItemView { background: $surface; color: $ink; border: none; outline: none;
    alternate-background-color: $ground;
    selection-background-color: $accent_soft; selection-color: $ink; }
QListView::item { min-height: $px28; padding: 0 $px8; border-radius: $small; }
QTreeView::item { min-height: $px28; padding: 0 $px4; }
QTableView::item { padding: 0 $px8; border-bottom: 1px solid $line_soft; }
QTableView { gridline-color: $line_soft; }
QListView::item:hover, QTreeView::item:hover, QTableView::item:hover { background: $hover; }
QListView::item:selected, QTreeView::item:selected, QTableView::item:selected { background: $accent_soft;
    color: $ink; }
QAbstractItemView[boxed="true"] { border: 1px solid $line_strong; border-radius: $radius; }
QAbstractItemView[boxed="true"]:focus { border: 2px solid $focus; }
QTreeView::branch { background: transparent; border-image: none; }
QTreeView::branch:selected { background: $accent_soft; }
QTreeView::branch:hover:!selected { background: $hover; }
QTreeView::branch:has-children:closed { image: url($icons:chevron-right.svg); }
QTreeView::branch:has-children:open { image: url($icons:chevron-down.svg); }
QAbstractItemView::indicator { width: $px16; height: $px16; border: 1px solid $line_strong;
    border-radius: $small; background: $surface; }
QAbstractItemView::indicator:checked { background: $accent; border-color: $accent; image: url($icons:check.svg); }
QHeaderView { background: $surface; border: none; }
QHeaderView::section { background: $surface; color: $muted; border: none;
    border-bottom: 1px solid $line_strong;
    padding: 0 $px10; min-height: $px32; font-size: $px12; font-weight: 600; text-align: left; }
QHeaderView::section:horizontal:first, QHeaderView::section:horizontal:only-one { padding-left: 16px; }
QHeaderView::section:horizontal:hover { background: $hover; color: $ink; }
QHeaderView::section:vertical { border-bottom: 1px solid $line_soft; border-right: 1px solid $line; }
QHeaderView::up-arrow { image: url($icons:chevron-up.svg); width: $px14; height: $px14;
    subcontrol-position: center right; right: 2px; }
QHeaderView::down-arrow { image: url($icons:chevron-down.svg); width: $px14; height: $px14;
    subcontrol-position: center right; right: 2px; }
QTableCornerButton::section { background: $surface; border: none; border-bottom: 1px solid $line_strong; }
QAbstractItemView QLineEdit, QAbstractItemView QComboBox, QAbstractItemView QDateEdit { border-radius: 0;
    min-height: 0; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; border: none; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; border: none; }
QScrollBar::handle { background: $scroll; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover, QScrollBar::handle:pressed { background: $scroll_hover; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; border: none; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; border: none; }
"""

_FRAME = """
QMenuBar { background: $surface; color: $ink; padding: 0 $px8; border: none; }
QMenuBar::item { padding: $px5 $px8; border-radius: $small; background: transparent; }
QMenuBar::item:selected { background: $hover; }
QMenu { background: $surface; color: $ink; border: 1px solid $line_strong; padding: $px4; }
QMenu::item { padding: $px6 $px28 $px6 $px12; border-radius: $small; min-width: $px64; }
QMenu::item:selected { background: $accent_soft; color: $ink; }
QMenu::item:disabled { color: $disabled; background: transparent; }
QMenu::icon { padding-left: $px8; }
QMenu::separator { height: 1px; background: $line; margin: $px4 $px8; }
QMenu::right-arrow { image: url($icons:chevron-right.svg); width: $px14; height: $px14; }
QMenu::indicator { width: $px14; height: $px14; left: $px6; border: 1px solid $line_strong;
    border-radius: $small;
    background: $surface; }
QMenu::indicator:checked { background: $accent; border-color: $accent; image: url($icons:check.svg); }
QTabWidget::pane { border: none; border-top: 1px solid $line; }
QTabBar { background: transparent; border: none; qproperty-drawBase: 0; }
QTabBar::tab { background: transparent; color: $muted; border: none; border-bottom: 2px solid transparent;
    padding: 0 $px12; min-height: $px32; font-weight: 500; margin-right: $px4; }
QTabBar::tab:hover { color: $ink; background: $hover; border-top-left-radius: $radius;
    border-top-right-radius: $radius; }
QTabBar::tab:selected { color: $accent; border-bottom: 2px solid $accent; font-weight: 600; }
QTabBar::tab:focus { color: $accent; background: $accent_soft; }
QTabBar[main="true"]::tab { padding: 0 $px14; min-height: $px40; }
QTabBar[main="true"][low="true"]::tab { min-height: $px32; }
QTabBar::tab:disabled { color: $disabled; }
QTabBar QToolButton { min-height: $px24; padding: 0; background: $surface; border: 1px solid $line; }
QTabBar QToolButton::left-arrow { image: url($icons:chevron-left.svg); }
QTabBar QToolButton::right-arrow { image: url($icons:chevron-right.svg); }
QProgressBar { background: $line_soft; border: none; border-radius: 4px; min-height: 8px; max-height: 8px;
    text-align: center; color: transparent; }
QProgressBar::chunk { background: $accent; border-radius: 4px; }
QStatusBar { background: $ground; color: $muted; border-top: 1px solid $line; }
QStatusBar::item { border: none; }
QCalendarWidget QWidget { alternate-background-color: $surface; }
QCalendarWidget QToolButton { border: none; background: transparent; font-weight: 600; padding: 0 $px8; }
QCalendarWidget QToolButton:hover { background: $hover; }
QCalendarWidget QSpinBox { min-height: $px24; }
QCalendarWidget QWidget#qt_calendar_navigationbar { background: $surface; border-bottom: 1px solid $line; }
QCalendarWidget QAbstractItemView { selection-background-color: $accent; selection-color: $on_accent; }
QFrame[toast="true"] { background: $tooltip; border-radius: $card; }
QFrame[toast="true"] QLabel { color: $on_tooltip; }
QFrame[toast="true"] QPushButton { background: transparent; border: 1px solid transparent; color: $on_tooltip;
    font-weight: 700; padding: 0 $px10; text-decoration: underline; }
QFrame[toast="true"] QPushButton:focus { border: 2px solid $on_tooltip; }
"""

_PARTS = (_GROUND, _LABELS, _BUTTONS, _FIELDS, _VIEWS, _FRAME)
