"""What the window asks beside the exchange itself: plans and conflicts in words, counts across districts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from asn_desktop.appraisal.model import AppraisalPeriod, Evaluation
from asn_desktop.core.rights import Right
from asn_desktop.exchange.package.desk import ConflictRow
from asn_desktop.exchange.package.explaining import (
    ConflictLine,
    PlanExplainer,
    RecordDetail,
    RecordLine,
    conflict_line,
)
from asn_desktop.exchange.package.model import PackageLedger, PeerOffice, has_left
from asn_desktop.exchange.package.package_plan import PackagePlan
from asn_desktop.exchange.package.protocol import BY_TABLE
from asn_desktop.exchange.package.wording import Wording
from asn_desktop.personnel.model import Employee
from asn_desktop.storage.change_log import OperationLog
from asn_desktop.storage.service import Service, needs
from asn_desktop.storage.unit_of_work import Database

_NOT_NEWS = (
    "package.send",
    "package.receive",
    "package.salvage",
    "replica.fork",
    "peer.register",
    "peer.retire",
    "exchange.rule",
)
"""Operations that leave nothing to send: what they write does not travel, or came from the other side."""


@dataclass(frozen=True, slots=True)
class OfficeCounts:
    """The people of an office and what they were given in a period; ``predicates``: code → people."""

    office: str
    name: str
    people: int
    evaluations: int
    predicates: Mapping[str, int]

    @property
    def rated(self) -> int:
        return sum(self.predicates.values())


class PackageReading(Service):
    """Read-only companion of :class:`PackageService`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @needs(Right.READ)
    def explainer(self, plan: PackagePlan) -> PlanExplainer:
        return PlanExplainer(plan)

    @needs(Right.READ)
    def lines(self, explainer: PlanExplainer, places: Sequence[int]) -> list[RecordLine]:
        with self._database.read() as connection:
            return explainer.lines(Wording(connection, explainer.index), places)

    @needs(Right.READ)
    def detail(self, explainer: PlanExplainer, place: int) -> RecordDetail:
        with self._database.read() as connection:
            return explainer.detail(Wording(connection, explainer.index), place)

    @needs(Right.READ)
    def search_texts(self, explainer: PlanExplainer) -> list[str]:
        """What a search in a plan looks through, a text for each of its records."""
        with self._database.read() as connection:
            return explainer.search_texts(Wording(connection, explainer.index))

    @needs(Right.READ)
    def conflicts(self, rows: Sequence[ConflictRow]) -> list[ConflictLine]:
        """The same conflicts in words, in the same order."""
        with self._database.read() as connection:
            wording = Wording(connection)
            return [conflict_line(wording, row) for row in rows]

    @needs(Right.READ)
    def unsent(self, office: str) -> int:
        """How many of our operations no package to ``office`` has carried yet ("" while it is not known)."""
        with self._database.read() as connection:
            sent = connection.scalar(
                select(func.max(PackageLedger.to_rev)).where(
                    PackageLedger.direction == "out",
                    PackageLedger.office == office,
                    PackageLedger.kind != "receipt",
                    has_left(),
                )
            )
            return connection.scalar(
                select(func.count(OperationLog.id)).where(
                    OperationLog.id > (sent or 0), OperationLog.kind.not_in(_NOT_NEWS)
                )
            ) or 0  # fmt: skip

    @needs(Right.READ)
    def counts(self, period: str) -> list[OfficeCounts]:
        """Every known district (and our own people, if any) with its predicates in a period."""
        with self._database.read() as connection:
            return _counts(connection, period)


def sheet_titles() -> dict[str, str]:
    """Sheet → the title of what is on it, in the order of the catalogue."""
    return {entity.sheet: entity.title for entity in BY_TABLE.values()}


def _counts(connection: Connection, period: str) -> list[OfficeCounts]:
    active = select(Employee.office, func.count(Employee.id)).where(Employee.active).group_by(Employee.office)
    people = {row[0]: row[1] for row in connection.execute(active)}
    query = (
        select(Employee.office, Evaluation.predicate, func.count(Evaluation.id))
        .join(Evaluation, Evaluation.employee_id == Employee.id)
        .join(AppraisalPeriod, AppraisalPeriod.id == Evaluation.period_id)
        .where(AppraisalPeriod.code == period)
        .group_by(Employee.office, Evaluation.predicate)
    )
    given: dict[str, dict[str | None, int]] = {}
    for office, predicate, count in connection.execute(query):
        given.setdefault(office, {})[predicate] = count
    districts = select(PeerOffice.code, PeerOffice.name).where(PeerOffice.role == "district").order_by(PeerOffice.code)
    names = {row.code: row.name for row in connection.execute(districts)}
    offices = [*names, *([""] if people.get("") else [])]
    found = []
    for office in offices:
        counted = given.get(office, {})
        predicates = {code: count for code, count in counted.items() if code}
        found.append(
            OfficeCounts(office, names.get(office, ""), people.get(office, 0), sum(counted.values()), predicates)
        )
    return found
