"""What a printed form is: its document, its paper, where its documents come from, how it is laid out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from asn_desktop.reports.flow import Item
from asn_desktop.reports.layout import Frame, Paper, frame
from asn_desktop.reports.parts import DocumentInfo, Kit

if TYPE_CHECKING:
    from asn_desktop.appraisal.service import AppraisalService
    from asn_desktop.exchange.package.reading import PackageReading
    from asn_desktop.exchange.package.service import PackageService
    from asn_desktop.reference.service import ReferenceService

Doc = TypeVar("Doc")


class Sources(Protocol):
    """The services that hold what is printed; those of an open office (``services.Services``) are such."""

    @property
    def reference(self) -> ReferenceService: ...

    @property
    def appraisal(self) -> AppraisalService: ...

    @property
    def packages(self) -> PackageService: ...

    @property
    def package_reading(self) -> PackageReading: ...


@dataclass(frozen=True, slots=True)
class Query:
    """Which documents of a form are wanted, as people write it: code of a period, NIP, code of a unit, code of the
    sending office, number of a package. What a form does not ask for stays empty (:attr:`Form.asks`)."""

    period: str = ""
    nip: str = ""
    unit: str = ""
    sender: str = ""
    number: int | None = None
    blank: bool = False


@dataclass(frozen=True, slots=True)
class Form(Generic[Doc]):
    """A printed form of documents of one type.

    ``sizes``: type size in points by paper; ``side``: left and right margin in mm. ``find`` reads the documents of
    a query from the services (raises :class:`InputError` when there are none); None for what only a list on the screen
    or command line makes. ``asks`` names the fields of the query that it understands, ``needs`` those it cannot do
    without. ``empty``: a document to be filled in by hand, for forms that have one.
    """

    code: str
    title: str
    document: type[Doc]
    landscape: bool
    side: float
    sizes: Mapping[Paper, float]
    items: Callable[[Doc, Kit], list[Item]]
    info: Callable[[Doc, bool], DocumentInfo]
    find: Callable[[Sources, Query], Sequence[Doc]] | None = None
    asks: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    empty: Callable[[], Doc] | None = None

    def frame(self, paper: Paper) -> Frame:
        return frame(paper, landscape=self.landscape, side=self.side)
