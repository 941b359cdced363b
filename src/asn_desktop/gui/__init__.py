"""The windows: everything a person sees, and the only package (with ``app``) that imports PySide6.

The parts shared by all tabs live here side by side: the look (``theme``, ``stylesheet``, ``icons``,
``widgets``), the frame (``application``, ``main_window``, ``table_page``, ``forms``, ``dialogs``) and the
machinery (``tasks``, ``change_bus``, ``paged_model``, ``messages``). Each subject has a package of its own
with its tab. Windows call services and receive frozen rows; they never see a session, a workbook library or
the database. ``docs/gui.md`` shows how a tab is put together.
"""
