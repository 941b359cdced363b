"""Kinds of workbooks are registered once; what names them by key elsewhere keeps up."""

from __future__ import annotations

from asn_desktop.cli.arguments import build_parser
from asn_desktop.exchange.subjects import AUTO, EXPORTS, IMPORTS, WORKSHEETS


def test_the_command_line_knows_every_kind() -> None:
    parse = build_parser().parse_args
    for key in (AUTO, *IMPORTS):
        assert parse(["import", "daftar.xlsx", "--kind", key]).kind == key
    for key in EXPORTS:
        assert parse(["export", key, "daftar.xlsx"]).kind == key
    for key in WORKSHEETS:
        assert parse(["worksheet", key, "lembar.xlsx"]).kind == key


def test_a_worksheet_comes_back_as_an_import_of_its_key() -> None:
    for key, sheet in WORKSHEETS.items():
        assert all(field in IMPORTS[key].columns for field in (*sheet.context, *sheet.fields))


def test_the_columns_tell_the_kind() -> None:
    """The reader says by which columns it took a list; its kind follows from them."""
    assert len({id(kind.columns) for kind in IMPORTS.values()}) == len(IMPORTS)
