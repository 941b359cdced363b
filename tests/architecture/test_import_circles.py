"""No module needs, by whatever way, itself: what two of them share lies below both."""

from __future__ import annotations

from graphlib import TopologicalSorter

import grimp


def test_no_circle_of_imports() -> None:
    """Imports inside functions and those for the type checker count too: they only hide a circle."""
    graph = grimp.build_graph("asn_desktop")
    needs = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    assert any("asn_desktop.gui.shell" in needed for needed in needs.values()), "imports for types are seen"
    TopologicalSorter(needs).prepare()  # names the circle
