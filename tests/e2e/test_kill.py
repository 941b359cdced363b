"""The short kill campaign: nothing is ever half-written, and nothing that was reported as done is lost."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

KILLS = 40


@pytest.mark.campaign
def test_putus_di_tengah_pekerjaan_apa_pun_tidak_merusak_apa_pun() -> None:
    command = [sys.executable, "-m", "asn_desktop.devtools.command", "kill", "--count", str(KILLS)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=1800, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(
        rf"^init: killed at (\d{{2,}}) points and {KILLS // 5} moments, \d+ of them before the end", done.stdout
    )
    for act in ("import", "save", "send", "receive"):
        assert f"{act}: {KILLS // 4} kills" in done.stdout
