"""Any package that the types allow comes out of its file as it went in."""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings

from asn_desktop.exchange.package.content import PackageContent, Seal
from asn_desktop.exchange.package.package_reader import read_package
from asn_desktop.exchange.package.package_writer import write_package
from tests.unit.exchange.packages import NASTY, comparable, contents, record, small


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # each try starts a process: shrinking takes minutes
)
@given(content=contents())
def test_any_package_comes_out_as_it_went_in(tmp_path_factory, content: PackageContent) -> None:
    path = tmp_path_factory.mktemp("paket") / "paket.xlsx"
    digest = write_package(path, content)
    read = read_package(path)
    assert comparable(read.content) == comparable(content)
    assert (read.seal, read.digest, read.declared_digest) == (Seal.INTACT, digest, digest)
    assert (tuple(read.notes), tuple(read.problems)) == ((), ())


def test_texts_that_programs_like_to_change(tmp_path: Path) -> None:
    """Each of them as a name, as a long text and as a conflicting value."""
    people = [record("employee", f"p{n}", name=text, address=text) for n, text in enumerate(NASTY)]
    content = PackageContent(small().head, tuple(people))
    write_package(tmp_path / "a.xlsx", content)
    read = read_package(tmp_path / "a.xlsx")
    assert read.seal is Seal.INTACT
    assert [row.values["name"] for row in read.content.rows] == list(NASTY)
    assert [row.values["address"] for row in read.content.rows] == list(NASTY)
