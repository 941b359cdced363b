"""Entry of the program. The reading child is dispatched before anything heavy is imported."""

from __future__ import annotations

import sys


def main() -> int:
    if sys.argv[1:2] == ["--read-workbook"]:
        from asn_desktop.exchange.reader_child import main as read_workbook

        return read_workbook()
    return 0


if __name__ == "__main__":
    sys.exit(main())
