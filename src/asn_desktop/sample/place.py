"""Where the sample office lives. Apart from the rest, so that a start without ``demo`` imports next to nothing."""

from __future__ import annotations

import os
from pathlib import Path

from asn_desktop.environment.paths import OfficePaths, office_paths


def sample_paths(home: Path | None) -> OfficePaths:
    """Where ``demo`` works: ``home`` or ``ASN_HOME`` when given, else a folder beside the user's own office."""
    paths = office_paths(home)
    return paths if home or os.environ.get("ASN_HOME") else OfficePaths(paths.home / "contoh")
