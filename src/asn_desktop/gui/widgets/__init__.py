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
    picture,
    rule,
    tool_button,
    wrappable,
)
from asn_desktop.gui.widgets.date_field import DateField, parse_date
from asn_desktop.gui.widgets.distribution_chart import DistributionChart
from asn_desktop.gui.widgets.flow import FlowLayout
from asn_desktop.gui.widgets.layouts import empty
from asn_desktop.gui.widgets.month_calendar import MonthCalendar
from asn_desktop.gui.widgets.month_layout import CalendarEvent, DayMark
from asn_desktop.gui.widgets.search_field import SearchField
from asn_desktop.gui.widgets.segmented import RATING_SEGMENTS, Segment, SegmentedControl
from asn_desktop.gui.widgets.unit_tree import UnitNode, UnitTree
from asn_desktop.gui.widgets.yielding import YieldingWords

__all__ = [
    "RATING_SEGMENTS",
    "CalendarEvent",
    "Card",
    "Chip",
    "DateField",
    "DayMark",
    "DistributionChart",
    "ElidedLabel",
    "EmptyState",
    "FlowLayout",
    "KeyHint",
    "MonthCalendar",
    "SearchField",
    "SectionTitle",
    "Segment",
    "SegmentedControl",
    "StatCard",
    "UnitNode",
    "UnitTree",
    "YieldingWords",
    "button",
    "combo",
    "empty",
    "label",
    "number_field",
    "parse_date",
    "picture",
    "predicate_chip",
    "rule",
    "state_chip",
    "tool_button",
    "wrappable",
]
