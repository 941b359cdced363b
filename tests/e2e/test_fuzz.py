"""The short fuzz campaign: whatever a person chooses, the program answers, and nothing is written."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

WORKBOOKS = 500


@pytest.mark.campaign
def test_spoiled_workbooks_are_answered_and_write_nothing() -> None:
    command = [
        sys.executable,
        "-m",
        "asn_desktop.devtools.command",
        "fuzz",
        "--seed",
        "2026",
        "--count",
        str(WORKBOOKS),
    ]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=1800, check=False)
    assert done.returncode == 0, done.stdout + done.stderr[-4000:]
    assert sum(map(int, re.findall(r"^(\d+) workbooks", done.stdout, re.MULTILINE))) == WORKBOOKS
    for outcome in ("plan personnel", "plan ratings", "seal intact", "seal broken", "ASN-1309", "ASN-1313"):
        assert outcome in done.stdout, "the campaign must reach every part"
