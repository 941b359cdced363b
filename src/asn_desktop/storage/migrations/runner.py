"""Bring a database file to the schema this program needs, one transaction per step."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Connection, Engine, text

from asn_desktop.core.errors import DatabaseTooNew
from asn_desktop.core.i18n import _
from asn_desktop.storage.dialect import WRITE_OPTION

Step = Callable[[Connection], None]


def script(name: str) -> Step:
    """The step that runs a file of statements, each of them closed by a semicolon before an empty line: triggers have
    semicolons inside."""

    def run(connection: Connection) -> None:
        statements = Path(__file__).with_name(name).read_text(encoding="utf-8").strip().removesuffix(";")
        for statement in statements.split(";\n\n"):
            connection.exec_driver_sql(statement)

    return run


STEPS: tuple[tuple[int, Step], ...] = ((1, script("v001_initial.sql")), (2, script("v002_later.sql")))
CURRENT = STEPS[-1][0]


def schema_version(connection: Connection) -> int:
    return int(connection.scalar(text("PRAGMA user_version")) or 0)


def needs_upgrade(engine: Engine) -> bool:
    """Whether steps are missing. Raises :class:`DatabaseTooNew` when the file comes from a newer program."""
    with engine.connect() as connection, connection.begin():
        version = schema_version(connection)
    refuse_newer(version)
    return version < CURRENT


def refuse_newer(version: int) -> None:
    """Raises :class:`DatabaseTooNew` for the schema of a newer program."""
    if version > CURRENT:
        raise DatabaseTooNew(
            _("Data ini dibuat oleh ASN Desktop yang lebih baru (skema {found}, program ini {own}).").format(
                found=version, own=CURRENT
            ),
            _("Pasang versi program terbaru, lalu buka lagi."),
        )


def upgrade(engine: Engine, steps: tuple[tuple[int, Step], ...] | None = None) -> list[int]:
    """Run the missing steps; each commits together with its version number. Returns the steps run."""
    done = []
    for number, step in STEPS if steps is None else steps:
        with engine.connect() as plain:
            connection = plain.execution_options(**{WRITE_OPTION: True})
            with connection.begin():
                if schema_version(connection) >= number:
                    continue
                step(connection)
                connection.exec_driver_sql(f"PRAGMA user_version = {number}")
        done.append(number)
    return done
