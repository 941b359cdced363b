"""The window. The only package that imports Qt; it calls services and shows frozen rows.

It never touches the database, workbooks or PDF layout. How to build a tab: ``docs/gui.md``.
"""
