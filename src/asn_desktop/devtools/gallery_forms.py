"""Every printed form, filled and blank, on both papers, as PDF and as a picture of its first page."""

from __future__ import annotations

import tempfile
from pathlib import Path

from PySide6.QtGui import QImage

from asn_desktop.appraisal.sheet import EvaluationSheet
from asn_desktop.environment.paths import OfficePaths
from asn_desktop.reports.preview import PreviewFile
from asn_desktop.reports.registry import EVALUATION_FORMS, Paper, render
from asn_desktop.sample.office import DEMO_PASSPHRASE, SKP_UNIT, create_sample_office
from asn_desktop.services import close_office

_PIXELS_PER_POINT = 2.0


def write(folder: Path) -> None:
    sheets = _sheets()
    for code in EVALUATION_FORMS:
        for paper in Paper:
            _save(folder / f"formulir-{code}-{paper.value}.pdf", code, sheets, paper, blank=False)
        _save(folder / f"formulir-{code}-kosong.pdf", code, [], Paper.F4, blank=True)


def _sheets() -> list[EvaluationSheet]:
    with tempfile.TemporaryDirectory() as home:
        services = create_sample_office(OfficePaths(Path(home) / "kantor"), DEMO_PASSPHRASE)
        try:
            period = services.appraisal.periods()[1].code
            unit = services.reference.find_unit(SKP_UNIT).id
            rows = services.appraisal.list_evaluations(period, unit)[:3]
            return services.appraisal.evaluation_sheets([row.id for row in rows])
        finally:
            close_office(services)


def _save(path: Path, code: str, sheets: list[EvaluationSheet], paper: Paper, *, blank: bool) -> None:
    render(code, sheets, path, paper, blank=blank)
    with PreviewFile(path) as preview:
        page = preview.render(0, _PIXELS_PER_POINT)
    picture = QImage(page.pixels, page.width, page.height, page.width * 4, QImage.Format.Format_RGB32)
    picture.save(str(path.with_suffix(".png")))
    print(path.name, flush=True)
