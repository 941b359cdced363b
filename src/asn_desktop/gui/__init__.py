"""The windows: everything a person sees, and the only package (with ``app``) that imports PySide6.

The parts shared by all tabs live here side by side: the look (``theme``, ``stylesheet``, ``icons``,
``widgets``), the frame (``application``, ``main_window``, ``table_page``, ``forms``, ``dialogs``) and the
machinery (``tasks``, ``change_bus``, ``paged_model``, ``messages``). Each subject has a package of its own
with its tab. Windows call services and receive frozen rows; they never see a session, a workbook library or
the database. ``docs/gui.md`` shows how a tab is put together.
"""

from __future__ import annotations

import builtins

import PySide6.QtCore  # noqa: F401 - puts a hook of its own on the import statement

# The hook is there for ``from __feature__ import snake_case``. For that it reads the source text of every module that
# is imported afterwards, a tenth of our start, and nobody here writes snake_case for Qt: back to Python's own import.
if hasattr(builtins, "__orig_import__"):
    builtins.__import__ = builtins.__orig_import__
