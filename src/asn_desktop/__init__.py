"""ASN Desktop: an offline programme for performance-based development of Indonesian civil servants.

The packages are layered; ``pyproject.toml`` holds the import contracts and ``docs/architecture.md`` the map.
"""

from importlib.metadata import version

__version__ = version("asn-desktop")
