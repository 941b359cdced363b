"""``asn-dev sample-data DIR``: the sample office, and workbooks as offices keep them with the truth beside them."""

from __future__ import annotations

import csv
from dataclasses import asdict, fields
from pathlib import Path

from asn_desktop.core.errors import AppError
from asn_desktop.devtools.sample_workbooks import Truth, write_all
from asn_desktop.environment.paths import OfficePaths
from asn_desktop.sample.office import DEMO_PASSPHRASE, SAMPLE_USER, open_sample_office
from asn_desktop.services import close_office


def write(folder: Path) -> int:
    """An office that is there already is kept; the workbooks are always the same."""
    workbooks = folder / "buku-kerja"
    truths = write_all(workbooks)
    with (workbooks / "kebenaran.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [field.name for field in fields(Truth)])
        writer.writeheader()
        writer.writerows(asdict(truth) for truth in truths)
    try:
        services = open_sample_office(OfficePaths(folder / "kantor-contoh"))
    except AppError as error:
        print(error.message, error.hint)
        return 1
    print(f"workbooks: {workbooks}")
    print(f"office:    {services.paths.home}  (user {SAMPLE_USER}, passphrase “{DEMO_PASSPHRASE}”)")
    close_office(services)
    return 0
