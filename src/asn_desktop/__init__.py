"""ASN Desktop: an offline programme for performance-based development of Indonesian civil servants.

The packages are layered; ``pyproject.toml`` holds the import contracts and ``docs/architecture.md`` the map.
"""

from __future__ import annotations


def __getattr__(name: str) -> str:
    """``__version__`` is looked up when asked for: the reading child must start in a blink."""
    if name == "__version__":
        from importlib.metadata import version

        return version("asn-desktop")
    raise AttributeError(name)
