"""Workbooks in and out: gate → scan → child reader → recognition → cells → plan → apply.

Foreign files are hostile until proven otherwise. :mod:`gate` and :mod:`scan` look at bytes only;
:mod:`reader` lets a child process parse; :mod:`headers` finds tables and people; :mod:`cells` makes values.
"""
