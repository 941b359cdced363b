"""``asn-dev exchange-year DIR``: a year of three offices through the real command line and real files, then the audit.

Each call is a process of its own; each office has its own ``--home``. In every quarter the districts import ratings and
corrections, one OPD gets a worksheet and brings it back, and packages go both ways: some are lost, some arrive twice or
late, some were opened and saved by LibreOffice on the way. At the end more packages arrive each way, and
:mod:`tests.campaigns.audit` asks the logs where every value at the province comes from.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.campaigns.audit import Account, audit
from tests.e2e.test_command_line import FATES, CommandLine
from tests.integration.exchange.books import book

DISTRICTS = ("11.12", "11.13")
QUARTERS = ("2026-TW1", "2026-TW2", "2026-TW3", "2026-TW4")
RATINGS = ("Di Atas Ekspektasi", "Sesuai Ekspektasi", "Dibawah Ekspektasi")
UNITS = (("Dinas Kesehatan", "Puskesmas Susoh"), ("Dinas Pendidikan", "SD Negeri 1"))

_FATES = ("arrives", "lost", "twice", "late", "re-saved")


class Year:
    """``story`` says what happened to each file."""

    def __init__(self, folder: Path, seed: int, people: int) -> None:
        self.folder = folder
        self.dice = random.Random(seed)
        self.people = people
        self.offices = {code: CommandLine(folder / code) for code in ("11", *DISTRICTS)}
        self.files = folder / "berkas"
        self.files.mkdir(parents=True)
        self.story: Counter[str] = Counter()
        self.late: list[tuple[str, Path]] = []
        self.counter = 0
        self.fates: list[str] = []

    def run(self, quarters: Sequence[str], rounds: int = 2) -> Account:
        for code, office in self.offices.items():
            role = "province" if code == "11" else "district"
            office.ok("init", "--office", code, "--name", f"BKPSDM {code}", "--role", role)
        for code in DISTRICTS:
            self.import_people(code)
        for quarter in quarters:
            for code in DISTRICTS:
                self.quarter(code, quarter)
            print(f"{quarter}: {dict(sorted(self.story.items()))}", flush=True)
        self.end(rounds)
        homes = {code: office.home for code, office in self.offices.items()}
        return audit(homes, "11")

    # -- work ---------------------------------------------------------------------------------------------

    def nip(self, code: str, number: int) -> str:
        return f"19850312201001{1 + number % 2}{code[-2:]}{number % 10}"

    def path(self, name: str) -> Path:
        self.counter += 1
        return self.files / f"{self.counter:03}-{name}.xlsx"

    def import_people(self, code: str) -> None:
        lines = []
        for number in range(self.people):
            opd, unit = UNITS[number % len(UNITS)]
            lines.append({"NIP": self.nip(code, number), "NAMA": f"Orang {'ABCDEFGHIJ'[number]} {code[-1]}",
                          "JABATAN": "Guru", "GOL": "III/b", "OPD": opd, "UNIT KERJA": unit})  # fmt: skip
        self.take(code, "import", book(self.path(f"pegawai-{code}"), *lines))

    def quarter(self, code: str, quarter: str) -> None:
        lines = [
            {"NIP": self.nip(code, number), "NAMA": f"Orang {'ABCDEFGHIJ'[number]} {code[-1]}",
             "RATING HASIL KERJA": self.dice.choice(RATINGS), "RATING PERILAKU KERJA": self.dice.choice(RATINGS)}
            for number in range(self.people)
        ]  # fmt: skip
        self.take(code, "import", book(self.path(f"rating-{code}"), *lines), "--period", quarter)
        number = self.dice.randrange(self.people)
        opd, unit = UNITS[number % len(UNITS)]
        changed = {"NIP": self.nip(code, number), "NAMA": lines[number]["NAMA"], "JABATAN": f"Guru {quarter}",
                   "GOL": "III/b", "OPD": opd, "UNIT KERJA": unit}  # fmt: skip
        self.take(code, "import", book(self.path(f"mutasi-{code}"), changed))
        self.worksheet(code, quarter)
        self.carry(code, "11")
        self.carry("11", code)
        for office in (code, "11"):
            self.decide(office)

    def worksheet(self, code: str, quarter: str) -> None:
        office = self.offices[code]
        opd = max(office.ok("list", "worksheets", "--period", quarter)["worksheets"], key=lambda row: row["employees"])
        path = self.path(f"lembar-{code}")
        office.ok("worksheet", "ratings", path, "--period", quarter, "--unit", opd["code"])
        back = self.take(code, "import", self.resaved(path) if self.dice.random() < 0.5 else path)
        assert back["changed"] == back["new"] == back["rejected"] == 0, back

    def take(self, code: str, *arguments: object) -> dict[str, Any]:
        answer = self.offices[code].ok(*arguments)
        assert answer["rows_read"] == sum(answer[fate] for fate in FATES), answer
        return answer

    def decide(self, code: str) -> None:
        rows = self.offices[code].ok("conflicts")["conflicts"]
        if rows:
            choices = [f"--decide={row['id']}={self.dice.choice(('local', 'incoming'))}" for row in rows]
            self.offices[code].ok("conflicts", *choices, "--reason", "sesuai SK")
            self.story["decisions"] += len(rows)

    # -- files --------------------------------------------------------------------------------------------

    def send(self, sender: str, to: str) -> Path:
        path = self.path(f"paket-{sender}-{to}")
        self.offices[sender].ok("send", path, "--to", to)
        self.story["packages"] += 1
        return path

    def carry(self, sender: str, to: str) -> None:
        path = self.send(sender, to)
        if not self.fates:  # in turns of random order: a short year meets them too
            self.fates = self.dice.sample(_FATES, len(_FATES))
        fate = self.fates.pop()
        self.story[fate] += 1
        if fate == "late":
            self.late.append((to, path))
        if fate in ("lost", "late"):
            return
        if fate == "re-saved":
            path = self.resaved(path)
        self.receive(to, path)
        if fate == "twice":
            again = self.receive(to, path)
            assert again is None or again["already_received"], again
        while self.late and self.dice.random() < 0.5:
            office, old = self.late.pop(0)
            self.receive(office, old)

    def receive(self, to: str, path: Path) -> dict[str, Any] | None:
        """None when it continues one that never arrived: the office asks for a new one by sending its own."""
        code, answer, problem = self.offices[to].run("receive", path)
        if code != 0:
            assert answer["error"]["code"] == "ASN-1245", problem
            self.story["asked to send anew"] += 1
            return None
        assert answer["rows_read"] == sum(answer[fate] for fate in FATES), answer
        assert answer["rejected"] == 0, answer["issues"]
        return answer

    def resaved(self, path: Path) -> Path:
        """As LibreOffice writes it; the file itself where there is none."""
        if shutil.which("soffice") is None:
            return path
        target = self.files / "libreoffice"
        profile = f"-env:UserInstallation={(self.folder / 'profil').as_uri()}"
        call = [
            "soffice",
            profile,
            "--headless",
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
            "--outdir",
            str(target),
        ]
        subprocess.run([*call, str(path)], check=True, capture_output=True, timeout=300)
        self.story["saved by LibreOffice"] += 1
        return target / path.name

    def end(self, rounds: int) -> None:
        """What is late arrives, then so many packages each way, and a decision for everything."""
        for office, path in self.late:
            self.receive(office, path)
        for _round in range(rounds):
            for code in DISTRICTS:
                self.receive("11", self.send(code, "11"))
                self.receive(code, self.send("11", code))
                self.decide(code)
            self.decide("11")
        for code in DISTRICTS:
            assert self.offices[code].ok("send", self.path("kosong"), "--to", "11")["rows"] == 0
        for code, line in self.offices.items():
            assert line.ok("check")["sound"], code


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="asn-dev exchange-year", description=__doc__)
    parser.add_argument(
        "folder", type=Path, metavar="DIR", help="new; the offices, all files and the account stay there"
    )
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--people", type=int, default=10, choices=range(2, 11), metavar="2–10")
    options = parser.parse_args(arguments)
    folder = options.folder.resolve()
    os.environ["ASN_MACHINE_DIR"] = str(folder / "komputer")
    print(f"seed {options.seed}", flush=True)
    account = Year(folder, options.seed, options.people).run(QUARTERS)
    (folder / "pertanggungjawaban.txt").write_text(account.text(every=True), encoding="utf-8")
    print(account.text())
    return 0 if not account.unexplained else 1


if __name__ == "__main__":
    sys.exit(main())
