"""What a person can do with packages: make one, look at one, merge it, decide what is undecided, see who is late."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from asn_desktop import __version__
from asn_desktop.core.changes import ChangeSet
from asn_desktop.core.collector import collector_paused
from asn_desktop.core.errors import AppError, Cancelled
from asn_desktop.core.i18n import _
from asn_desktop.core.outputs import refuse_output
from asn_desktop.core.progress import Progress
from asn_desktop.core.rights import Right
from asn_desktop.environment.paths import OfficePaths
from asn_desktop.exchange.package import desk, forks, handing_on, outgoing, overview, refusals, replicas, sending
from asn_desktop.exchange.package.addressee import addressee
from asn_desktop.exchange.package.applying import apply_plan, note_sender
from asn_desktop.exchange.package.causality import origin_of
from asn_desktop.exchange.package.content import PackageContent, PackageHead, PackageKind, ReadPackage
from asn_desktop.exchange.package.desk import Choice, ConflictRow
from asn_desktop.exchange.package.forks import Fork
from asn_desktop.exchange.package.founding import rules_of
from asn_desktop.exchange.package.labels import names_of_absent
from asn_desktop.exchange.package.model import ExchangeRule, PeerOffice, PeerReplica
from asn_desktop.exchange.package.overview import LedgerRow, PeerRow, RejectionRow
from asn_desktop.exchange.package.own_code import OwnCode
from asn_desktop.exchange.package.ownership import Policy, Rule, owner_of
from asn_desktop.exchange.package.package_plan import PackagePlan
from asn_desktop.exchange.package.package_reader import read_package
from asn_desktop.exchange.package.package_writer import Signer, write_package
from asn_desktop.exchange.package.planning import Planner
from asn_desktop.exchange.package.protocol import SCHEMA
from asn_desktop.exchange.package.results import Received, SentPackage
from asn_desktop.exchange.package.salvage import plan_salvage, propose
from asn_desktop.exchange.package.sheets import LABEL
from asn_desktop.exchange.workbook_file import WorkbookFile
from asn_desktop.reference.queries import OfficeRow
from asn_desktop.reference.queries import office as own_office
from asn_desktop.storage import change_log
from asn_desktop.storage.service import Service, needs
from asn_desktop.storage.unit_of_work import Database, UnitOfWork

Follow = Callable[[UnitOfWork, Collection[str] | None], object]
"""Consequences of evaluations (their rids, None: all) that came in a package."""


class PackageService(Service):
    """``predicate`` gives the predicate of two rating codes; ``back_up`` makes a verified copy and says where."""

    def __init__(
        self,
        database: Database,
        paths: OfficePaths,
        back_up: Callable[[str], Path],
        predicate: Callable[[str, str], str],
        follow: Follow,
        signer: Signer | None = None,
    ) -> None:
        self._database = database
        self._paths = paths
        self._back_up = back_up
        self._predicate = predicate
        self._follow = follow
        self._signer = signer
        self.own = OwnCode(database)

    # -- who we are ---------------------------------------------------------------------------------------

    @needs(Right.READ)
    def remember(self) -> None:
        """Note outside the database how far it has come (when an office is closed, and after each exchange)."""
        forks.remember(self._database, self._paths)

    # -- out ----------------------------------------------------------------------------------------------

    @needs(Right.EXCHANGE)
    def send(self, target: Path, to: str | None = None, *, progress: Progress | None = None) -> SentPackage:
        """Write a package for an office; without ``to`` for the only one known, or for a province not yet known.

        Raises :class:`InputError` when the addressee is not clear, :class:`FileNotWritten` when the file is not.
        """
        progress = progress or Progress()
        with collector_paused():
            return self._write(self.content_for(to, progress=progress), target, progress)

    def _write(self, content: PackageContent, target: Path, progress: Progress) -> SentPackage:
        """Noted as about to be written, written, noted as written: cut off anywhere, it is known as ours."""
        refuse_output(target)  # before the package stands in the ledger
        progress.step(_("Menulis paket"), len(content.rows))
        with self._database.read() as connection:
            labels = names_of_absent(connection, content.rows)
            rules = rules_of(connection)
            to = overview.office_title(connection, content.head.to)
        content = sending.reserve(self._database, content, target.name)
        try:
            digest = write_package(
                target, content, signer=self._signer, labels=labels, to=to, progress=progress,
                owners=lambda table, key: owner_of(rules, table, key.removeprefix(LABEL)),
            )  # fmt: skip
        except (AppError, Cancelled):
            sending.release(self._database, content.head, target)
            raise
        sent = sending.complete(self._database, content, digest)
        self.remember()
        return sent

    @needs(Right.EXCHANGE)
    def content_for(
        self, to: str | None = None, *, full: bool = False, progress: Progress | None = None
    ) -> PackageContent:
        """The package in memory, to look at before :meth:`send` makes it anew and writes it."""
        progress = progress or Progress()
        progress.step(_("Mengumpulkan perubahan"))
        with self._database.read() as connection:
            own = own_office(connection)
            office = addressee(connection, own, to)
            target = outgoing.target_for(connection, own, office, full=full)
            found = outgoing.gather(connection, own, target)
            conflicts, refused = outgoing.open_conflicts(connection, office), outgoing.rejections(connection, office)
            return PackageContent(
                head=replace(
                    self._head(connection, own, office, target.since),
                    schema=handing_on.schema_of(connection, found.later, conflicts, refused),
                    to_replica=target.replica,
                    passes_on=outgoing.passes_on(connection, own, office),
                    brought=outgoing.brought(connection, own, target),
                ),
                rows=found.rows,
                tombstones=found.tombstones,
                later=found.later,
                conflicts=conflicts,
                rejections=refused,
                acknowledgements=outgoing.acknowledgements(connection, office),
                periods=outgoing.periods(connection) if own.role == "district" else (),
            )

    @needs(Right.EXCHANGE)
    def receipt(self, target: Path, office: str) -> SentPackage:
        """A small package without data: only what became of theirs."""
        with self._database.read() as connection:
            own = own_office(connection)
            code = addressee(connection, own, office)
            conflicts, refused = outgoing.open_conflicts(connection, code), outgoing.rejections(connection, code)
            head = self._head(connection, own, code, 0, PackageKind.RECEIPT)
            content = PackageContent(
                head=replace(head, schema=handing_on.schema_of(connection, (), conflicts, refused)),
                acknowledgements=outgoing.acknowledgements(connection, code),
                rejections=refused,
                conflicts=conflicts,
            )
        return self._write(content, target, Progress())

    def _head(
        self, connection: Connection, own: OfficeRow, to: str, since: int, kind: PackageKind | None = None
    ) -> PackageHead:
        replica = replicas.own_replica(connection)
        known = replicas.peers(connection)
        return PackageHead(
            package_id=str(uuid.uuid4()),
            kind=kind or (PackageKind.DELTA if since else PackageKind.FULL),
            schema=SCHEMA,
            office=own.code,
            office_name=own.name,
            role=own.role,
            to=to,
            replica=replica,
            seq=replicas.next_seq(connection, replica.id, to),
            since_rev=since,
            to_rev=0 if kind is PackageKind.RECEIPT else change_log.head(connection)[0],
            merged={peer.replica: peer.merged_rev for peer in known.values() if peer.merged_rev},
            sample=own.sample,
            app=__version__,
            made_by=self._database.user,
            made_at=self._moment(),
        )

    # -- in -----------------------------------------------------------------------------------------------

    @needs(Right.EXCHANGE)
    def examine(self, source: Path | WorkbookFile, *, progress: Progress | None = None) -> PackagePlan:
        """Read a package and plan its merge; writes nothing.

        Raises :class:`WorkbookError`: unreadable, seal broken; :class:`InputError`: not for us, not in its turn.
        """
        progress = progress or Progress()
        with collector_paused():
            read = read_package(source, known_key=self._known_key, progress=progress)
            return self.plan(read, progress=progress)

    @needs(Right.EXCHANGE)
    def plan(self, read: ReadPackage, *, progress: Progress | None = None) -> PackagePlan:
        """The same for a package that has been read."""
        progress = progress or Progress()
        progress.step(_("Membandingkan dengan data"), len(read.content.rows))
        with self._database.read() as connection:
            own = own_office(connection)
            if refusals.is_from_twin(connection, own, read):
                found = None
            else:
                before = refusals.merged_before(connection, read)
                if before is not None:
                    return refusals.nothing_new(connection, read, before)
                found = Planner(connection, own, read, self._predicate).plan()
                gap = refusals.gap(connection, read.content.head, found)
                if gap is None:
                    return found
        if found is None:
            forks.make_fork(self._database, Fork("twin", 0))
            self.remember()
            raise refusals.twin_found()
        label = _("Catat salinan data kantor {office}").format(office=read.content.head.office_name)
        with self._database.write("peer.notice", label, undoable=False) as uow:
            note_sender(uow, found, self._moment(), merges=False)
        assert gap is not None
        raise gap

    @needs(Right.EXCHANGE)
    def salvage(self, source: Path | WorkbookFile, *, progress: Progress | None = None) -> PackagePlan:
        """What a package with a broken seal would propose; writes nothing. :meth:`apply` puts it on the desk.

        Raises :class:`InputError` for a package that is sound (ASN-1249) or for another office.
        """
        progress = progress or Progress()
        with collector_paused():
            read = read_package(source, known_key=self._known_key, progress=progress)
            progress.step(_("Membandingkan dengan data"), len(read.content.rows))
            with self._database.read() as connection:
                own = own_office(connection)
                refusals.refuse_to_salvage(own, read)
                return plan_salvage(connection, own, read, self._predicate)

    def _propose(self, plan: PackagePlan, initiator: object) -> Received:
        label = _("Usulkan isi {file} di “Putuskan perbedaan”").format(file=plan.read.file_name)
        with self._database.write("package.salvage", label, initiator=initiator, consequences=False) as uow:
            refusals.refuse_stale(uow.connection, plan)
            propose(uow, plan, self._moment())
        return Received(plan, uow.change_set if uow.change_set.operation_id else None, None)  # asked before: nothing

    @needs(Right.EXCHANGE)
    def apply(
        self, plan: PackagePlan, *, backup: bool = True, progress: Progress | None = None, initiator: object = None
    ) -> Received:
        """Back up, then merge in one operation that one Ctrl+Z takes back; then what follows from it here.

        ``backup=False``: for the packages of a batch, which has made the copy already. Raises
        :class:`ConflictError` when the data has changed since the plan was made.
        """
        progress = progress or Progress()
        if plan.already:
            return Received(plan, None, None)
        if plan.salvage:
            return self._propose(plan, initiator)
        copy = None
        if backup:
            progress.step(_("Membuat cadangan"))
            copy = self._back_up("impor")
        progress.step(_("Menulis data"))
        head = plan.head
        label = _("Terima paket {seq} dari {office}").format(seq=head.seq, office=head.office_name)
        origin = origin_of(head.replica.id, head.to_rev)
        with (
            collector_paused(),
            self._database.write(
                "package.receive", label, initiator=initiator, consequences=False, origin=origin
            ) as uow,
        ):
            refusals.refuse_stale(uow.connection, plan)
            apply_plan(uow, plan, self._moment(), self._database.user, self._predicate, progress)
            progress.check()
        self._consequences(plan)
        self.remember()
        return Received(plan, uow.change_set, copy)

    def _consequences(self, plan: PackagePlan) -> None:
        """A plan for every low evaluation of our own people, as our own work: in an operation of its own."""
        with self._database.read() as connection:
            own = own_office(connection)
        if own.role != "district" and plan.head.office != own.code:
            return
        rids = {rid for rid, _office, _values in plan.writes.inserts.get("evaluation", ())}
        rids |= {local["rid"] for _number, _values, local in plan.writes.updates.get("evaluation", ())}
        if rids:
            with self._database.write("package.follow", _("Usulkan pembinaan dari paket"), consequences=False) as uow:
                self._follow(uow, rids if len(rids) <= 500 else None)

    # -- the desk -----------------------------------------------------------------------------------------

    @needs(Right.READ)
    def conflicts(self, *states: str, office: str | None = None) -> list[ConflictRow]:
        """Conflicts in these states (none named: ``open``), oldest first."""
        with self._database.read() as connection:
            return desk.rows(connection, states or ("open",), office)

    @needs(Right.EXCHANGE)
    def decide(self, choices: Iterable[tuple[int, Choice]], reason: str = "", *, initiator: object = None) -> ChangeSet:
        """Decide open conflicts (id, ``local`` or ``incoming``) in one operation that one Ctrl+Z takes back.

        Raises :class:`InputError` for one that is not open, or whose value cannot be taken (any more).
        """
        wanted = dict(choices)
        label = _("Putuskan {n} perbedaan").format(n=len(wanted))
        with self._database.write("conflict.decide", label, initiator=initiator) as uow:
            desk.decide(uow, wanted, reason, self._moment(), self._database.user, self._predicate)
        return uow.change_set

    # -- overview -----------------------------------------------------------------------------------------

    @needs(Right.READ)
    def own_code(self) -> str:
        with self._database.read() as connection:
            return own_office(connection).code

    @needs(Right.READ)
    def peers(self) -> list[PeerRow]:
        """The offices we know, with when they were last heard and what is under way."""
        with self._database.read() as connection:
            return overview.peers(connection)

    @needs(Right.READ)
    def ledger(self, office: str | None = None, limit: int = 500) -> list[LedgerRow]:
        with self._database.read() as connection:
            return overview.ledger(connection, office, limit)

    @needs(Right.READ)
    def rejections(self, office: str | None = None) -> list[RejectionRow]:
        """What could not be taken: here (``in``) and by the others (``out``)."""
        with self._database.read() as connection:
            return overview.rejections(connection, office)

    @needs(Right.READ)
    def periods(self, code: str) -> list[Any]:
        """How far each office is with a period, as its newest package says."""
        with self._database.read() as connection:
            return overview.periods(connection, code)

    @needs(Right.READ)
    def rules(self) -> list[Rule]:
        with self._database.read() as connection:
            return rules_of(connection)

    @needs(Right.EXCHANGE)
    def set_policy(self, entity: str, fields: str, policy: Policy) -> ChangeSet:
        """Change what this office does with the other side's edits of fields it owns."""
        with self._database.write("exchange.rule", _("Ubah aturan pertukaran")) as uow:
            query = select(ExchangeRule.id).where(ExchangeRule.entity == entity, ExchangeRule.fields == fields)
            uow.update(ExchangeRule, uow.connection.execute(query).scalar_one(), {"policy": policy.value})
        return uow.change_set

    @needs(Right.EXCHANGE)
    def register(self, code: str, name: str, role: str, key: str = "") -> ChangeSet:
        """Note an office before its first package, or its public key from paper or file."""
        with self._database.write("peer.register", _("Daftarkan kantor {name}").format(name=name)) as uow:
            known = uow.connection.scalar(select(PeerOffice.id).where(PeerOffice.code == code))
            values = {"code": code, "name": name, "role": role} | ({"key": key} if key else {})
            if known is None:
                uow.insert(PeerOffice, values | {"since": self._moment()})
            else:
                uow.update(PeerOffice, known, values)
        return uow.change_set

    @needs(Right.EXCHANGE)
    def retire(self, replica: str) -> ChangeSet:
        """Say that a copy of another office's database will not speak again: nobody waits for its receipts."""
        with self._database.write("peer.retire", _("Nyatakan salinan tidak dipakai lagi")) as uow:
            found = replicas.peers(uow.connection)[replica]
            uow.update(PeerReplica, found.id, {"retired": True})
        return uow.change_set

    @needs(Right.READ)
    def own_key(self) -> str:
        """This office's public key in hex, to be handed over on paper or as a file; "" when nothing is signed."""
        return self._signer.key if self._signer else ""

    def _known_key(self, office: str) -> str | None:
        with self._database.read() as connection:
            if office == own_office(connection).code:
                return self.own_key() or None
            return connection.scalar(select(PeerOffice.key).where(PeerOffice.code == office)) or None

    def _moment(self) -> str:
        return self._database.clock().isoformat(timespec="seconds")
