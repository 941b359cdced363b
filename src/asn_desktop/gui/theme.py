"""The look in one place: colours, sizes and tones as tokens, and the palette made from them.

Large text and high contrast are other values of the same tokens. Painted widgets read :func:`tokens` while
painting, so a change of theme needs nothing but a repaint. Colour never carries meaning alone: every tone is
used together with a word.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QWidget

from asn_desktop.appraisal import predicate as appraisal
from asn_desktop.core.i18n import N_, _
from asn_desktop.environment.resources import resource_path

FONT_FAMILY = "Inter"
FONT_FILES = ("Inter-Regular.otf", "Inter-Medium.otf", "Inter-SemiBold.otf", "Inter-Bold.otf")


@dataclass(frozen=True, slots=True)
class Tone:
    """A meaning's colours: ``ink`` is readable on ``ground`` and on white, ``solid`` fills bars and marks."""

    ink: str
    ground: str
    solid: str


@dataclass(frozen=True, slots=True)
class Tokens:
    """All values of one look. Colours are ``#RRGGBB``; sizes are logical pixels before ``scale``."""

    name: str
    icon_set: str
    tones: Mapping[str, Tone]
    scale: float = 1.0
    accent: str = "#0F6B5C"
    accent_hover: str = "#0C5B4E"
    accent_pressed: str = "#094A40"
    accent_soft: str = "#E3F1EE"
    on_accent: str = "#FFFFFF"
    ink: str = "#1B2733"
    muted: str = "#56667A"
    disabled: str = "#98A4B1"
    line: str = "#DDE3EA"
    line_strong: str = "#C2CBD5"
    line_soft: str = "#ECF0F4"
    ground: str = "#F5F7FA"
    surface: str = "#FFFFFF"
    hover: str = "#F0F3F7"
    pressed: str = "#E4E9EF"
    focus: str = "#0F6B5C"
    danger: str = "#B3321C"
    danger_hover: str = "#982815"
    scroll: str = "#C5CED8"
    scroll_hover: str = "#9AA7B5"
    tooltip: str = "#1B2733"
    on_tooltip: str = "#FFFFFF"
    border_width: int = 1

    def px(self, size: float) -> int:
        """A size on the 4-px grid, enlarged for large text."""
        return max(1, round(size * self.scale))

    @property
    def text(self) -> int:
        return self.px(13)

    @property
    def text_small(self) -> int:
        return self.px(12)

    @property
    def text_section(self) -> int:
        return self.px(14)

    @property
    def text_title(self) -> int:
        return self.px(16)

    @property
    def control_height(self) -> int:
        return self.px(32)

    @property
    def row_one_line(self) -> int:
        return self.px(30)

    @property
    def row_two_lines(self) -> int:
        return self.px(44)


# spacing and corners: the same in every variant
MARGIN = 16
GAP = 12
SPACE = 8
SPACE_SMALL = 4
RADIUS_CARD = 8
RADIUS = 6
RADIUS_SMALL = 4

LIGHT = Tokens(
    name="terang",
    icon_set="asnlight",
    tones=MappingProxyType(
        {
            "neutral": Tone("#4C5B6B", "#E9EDF2", "#8492A1"),
            "accent": Tone("#0B5A4D", "#DDEFEB", "#0F6B5C"),
            "good": Tone("#0B5A4D", "#D8EFE8", "#12806D"),
            "info": Tone("#1C4F9C", "#DFEAF9", "#2462B5"),
            "attention": Tone("#7A4E00", "#FCEFCF", "#B7791F"),
            "bad": Tone("#9C2F16", "#FCE4DC", "#C4471F"),
            "critical": Tone("#7F1535", "#F9DDE6", "#9B1C45"),
        }
    ),
)

CONTRAST = replace(
    LIGHT,
    name="kontras",
    icon_set="asncontrast",
    tones=MappingProxyType(
        {
            "neutral": Tone("#000000", "#FFFFFF", "#4A4A4A"),
            "accent": Tone("#003D33", "#FFFFFF", "#004D40"),
            "good": Tone("#003D33", "#FFFFFF", "#00594A"),
            "info": Tone("#0A2F73", "#FFFFFF", "#0A3D91"),
            "attention": Tone("#5A3800", "#FFFFFF", "#7A4E00"),
            "bad": Tone("#8A1C00", "#FFFFFF", "#8A1C00"),
            "critical": Tone("#6B0028", "#FFFFFF", "#6B0028"),
        }
    ),
    accent="#004D40",
    accent_hover="#003D33",
    accent_pressed="#002B24",
    accent_soft="#D5EBE6",
    ink="#000000",
    muted="#2B3640",
    disabled="#5F6B77",
    line="#5F6B77",
    line_strong="#1B2733",
    line_soft="#8C97A3",
    ground="#FFFFFF",
    hover="#E6EBF0",
    pressed="#D3DAE2",
    focus="#000000",
    danger="#8A1C00",
    danger_hover="#6E1600",
    scroll="#5F6B77",
    scroll_hover="#1B2733",
    tooltip="#000000",
    border_width=1,
)

LARGE_TEXT_SCALE = 1.25

# one look per process, as there is one QStyle and one palette
_current: Tokens = LIGHT


def tokens() -> Tokens:
    """The tokens in force."""
    return _current


def variant(*, large_text: bool = False, high_contrast: bool = False) -> Tokens:
    """The tokens for what the person chose under *Tampilan*."""
    base = CONTRAST if high_contrast else LIGHT
    return replace(base, scale=LARGE_TEXT_SCALE) if large_text else base


def tone(name: str) -> Tone:
    """The colours of a tone; an unknown name is neutral."""
    return _current.tones.get(name, _current.tones["neutral"])


# --- meaning -> tone and word -------------------------------------------------------------------

PREDICATES = tuple(str(one) for one in appraisal.Predicate)

_PREDICATE_TONES = {"SANGAT_BAIK": "good", "BAIK": "info", "BUTUH_PERBAIKAN": "attention", "KURANG": "bad",
                    "SANGAT_KURANG": "critical"}  # fmt: skip

_STATES = {
    "draft": "neutral", "belum": "neutral", "batal": "neutral", "ditolak": "neutral", "nonaktif": "neutral",
    "usulan": "attention", "diusulkan": "attention", "tenggat": "attention", "perlu_keputusan": "attention",
    "dinilai": "info", "berjalan": "info", "terbuka": "info", "direncanakan": "info", "baru": "info",
    "final": "good", "selesai": "good", "aktif": "good", "disetujui": "good", "hadir": "good",
    "terlambat": "bad", "perlu_dibetulkan": "bad", "tidak_hadir": "bad", "bentrok": "bad",
}  # fmt: skip


def predicate_tone(code: str) -> str:
    """``"BAIK"`` → ``"info"``; an unknown or missing predicate is neutral."""
    return _PREDICATE_TONES.get(code, "neutral")


def predicate_label(code: str) -> str:
    """The short word for a predicate code (*Belum dinilai* when there is none)."""
    return _(appraisal.PREDICATES.get(code, N_("Belum dinilai")))


def state_tone(code: str) -> str:
    """The tone of a state code (``draft``, ``final``, ``terlambat`` …); unknown states are neutral."""
    return _STATES.get(code.lower(), "neutral")


# --- fonts and palette ----------------------------------------------------------------------------


def load_fonts() -> None:
    """Register the shipped fonts; raises ``FileNotFoundError`` if the build forgot them."""
    for name in FONT_FILES:
        if QFontDatabase.addApplicationFont(str(resource_path("fonts", "inter", name))) < 0:
            raise FileNotFoundError(f"font cannot be read: {name}")


def font(size: float = 13, *, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """Inter with tabular figures; ``size`` in logical pixels before the text scale."""
    result = QFont(FONT_FAMILY)
    result.setPixelSize(_current.px(size))
    result.setWeight(weight)
    result.setFeature(QFont.Tag("tnum"), 1)
    result.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return result


def color(value: str) -> QColor:
    return QColor(value)


def palette(look: Tokens) -> QPalette:
    """The Qt palette of a look, for everything that the stylesheet does not name."""
    result = QPalette()
    role = QPalette.ColorRole
    for key, value in {
        role.Window: look.ground,
        role.WindowText: look.ink,
        role.Base: look.surface,
        role.AlternateBase: look.ground,
        role.Text: look.ink,
        role.Button: look.surface,
        role.ButtonText: look.ink,
        role.BrightText: look.danger,
        role.Highlight: look.accent,
        role.HighlightedText: look.on_accent,
        role.Link: look.accent,
        role.LinkVisited: look.accent,
        role.ToolTipBase: look.tooltip,
        role.ToolTipText: look.on_tooltip,
        role.PlaceholderText: look.muted,
        role.Accent: look.accent,
        role.Light: look.surface,
        role.Midlight: look.line_soft,
        role.Mid: look.line,
        role.Dark: look.line_strong,
        role.Shadow: look.line_strong,
    }.items():
        result.setColor(key, QColor(value))
    for key in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        result.setColor(QPalette.ColorGroup.Disabled, key, QColor(look.disabled))
    return result


def use(look: Tokens) -> None:
    """The tokens in force from now on; :func:`asn_desktop.gui.looks.apply_look` dresses the program in them."""
    global _current
    _current = look


def set_role(widget: QWidget, role: str) -> None:
    """Give a label its text role: ``title``, ``section``, ``secondary``, ``strong``, ``error``, ``value``."""
    set_property(widget, "role", role)


def set_property(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the stylesheet selects on, and restyle the widget at once."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()
