"""Every code that a person may read on the screen leads somewhere: the manual explains it, alone or with its group."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def explained() -> set[str]:
    """Codes and groups (``ASN-12xx``, ``ASN-143x``) of the table at the end of the manual, ranges written out."""
    table = (ROOT / "docs" / "manual.md").read_text(encoding="utf-8").split("## 12.")[1]
    found: set[str] = set()
    for line in table.splitlines():
        cells = line.split("|")
        if len(cells) > 3 and cells[1].strip().startswith("ASN-"):
            numbers = re.findall(r"\d[\dx]{3}", cells[1])
            if "–" in cells[1]:
                numbers = [str(number) for number in range(int(numbers[0]), int(numbers[-1]) + 1)]
            found.update(f"ASN-{number}" for number in numbers)
    return found


def test_the_manual_explains_every_code() -> None:
    known = explained()
    used = {
        code
        for path in (ROOT / "src" / "asn_desktop").rglob("*.py")
        for code in re.findall(r'"(ASN-\d{4})"', path.read_text(encoding="utf-8"))
    }
    assert len(used) > 40
    assert not [code for code in sorted(used) if not known & {code, f"{code[:7]}x", f"{code[:6]}xx"}]
