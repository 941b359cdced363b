"""A private PostgreSQL server: own folder, own port on the loopback address, gone with the tests."""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event, text

from asn_desktop.devtools.system_libraries import postgresql_programs
from asn_desktop.storage import dialect
from asn_desktop.storage.base import Base

_QUICK = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c shared_buffers=64MB"
_USER = "asn"


@contextmanager
def running() -> Iterator[URL]:
    """The address of an empty database whose texts are ordered by their bytes, as SQLite orders them."""
    programs = postgresql_programs()
    assert programs is not None
    unprivileged: dict[str, Any] = (
        {"user": "nobody", "group": "nogroup", "extra_groups": ()} if os.geteuid() == 0 else {}
    )
    password = secrets.token_hex(16)
    folder = Path(tempfile.mkdtemp(prefix="asn-postgres-"))
    try:
        (folder / "sandi").write_text(password, encoding="utf-8")
        if unprivileged:  # the server refuses to run as root
            for place in (folder, folder / "sandi"):
                shutil.chown(place, unprivileged["user"], unprivileged["group"])
        data, port = folder / "data", _free_port()

        def run(program: str, *arguments: str) -> None:
            log = folder.with_suffix(".log")
            with log.open("ab") as output:
                done = subprocess.run(
                    [programs / program, *arguments], cwd=folder, stdin=subprocess.DEVNULL, stdout=output,
                    stderr=output, check=False, timeout=60, **unprivileged,
                )  # fmt: skip
            report = log.read_text(encoding="utf-8", errors="replace")
            log.unlink()
            assert done.returncode == 0, report

        run("initdb", "-D", str(data), "-U", _USER, "-A", "scram-sha-256", f"--pwfile={folder / 'sandi'}",
            "-E", "UTF8", "--locale=C", "--no-sync")  # fmt: skip
        options = f"-h 127.0.0.1 -p {port} -c unix_socket_directories= {_QUICK}"
        run("pg_ctl", "-D", str(data), "-w", "-l", str(folder / "server.log"), "-o", options, "start")
        try:
            yield URL.create("postgresql+psycopg", _USER, password, "127.0.0.1", port, "postgres")
        finally:
            run("pg_ctl", "-D", str(data), "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def open_engine(address: URL, schema: str) -> Engine:
    """An engine on a new, empty schema with all tables of the models."""
    engine = create_engine(address, connect_args={"options": f"-c search_path={schema}"}, hide_parameters=True)
    with engine.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
        Base.metadata.create_all(connection)
        references = text(
            "SELECT conrelid::regclass::text, quote_ident(conname) FROM pg_constraint"
            " WHERE contype = 'f' AND connamespace = CAST(:schema AS regnamespace)"
        )
        for table, name in connection.execute(references, {"schema": schema}).all():
            connection.execute(text(f"ALTER TABLE {table} ALTER CONSTRAINT {name} DEFERRABLE"))
    event.listen(engine, "begin", dialect.begin)
    return engine
