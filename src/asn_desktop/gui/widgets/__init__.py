"""Small parts that all tabs share. Import them from here.

``from asn_desktop.gui.widgets import Card, Chip, button``.
"""

from asn_desktop.gui.widgets.basics import Card, Chip, EmptyState, KeyHint, StatCard, predicate_chip, state_chip
from asn_desktop.gui.widgets.controls import (
    ElidedLabel,
    SectionTitle,
    button,
    combo,
    label,
    number_field,
    rule,
    tool_button,
)
from asn_desktop.gui.widgets.date_field import DateField, parse_date
from asn_desktop.gui.widgets.flow import FlowLayout
from asn_desktop.gui.widgets.search_field import SearchField
from asn_desktop.gui.widgets.segmented import RATING_SEGMENTS, Segment, SegmentedControl

__all__ = [
    "RATING_SEGMENTS",
    "Card",
    "Chip",
    "DateField",
    "ElidedLabel",
    "EmptyState",
    "FlowLayout",
    "KeyHint",
    "SearchField",
    "SectionTitle",
    "Segment",
    "SegmentedControl",
    "StatCard",
    "button",
    "combo",
    "label",
    "number_field",
    "parse_date",
    "predicate_chip",
    "rule",
    "state_chip",
    "tool_button",
]
