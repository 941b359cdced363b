"""Workbooks in and out; the only place that knows openpyxl, XlsxWriter and calamine.

In: gate → scan → reader (child process) → headers → cells → plan → apply. Nothing is written before a person has
seen the plan; everything is written in one operation; every row has exactly one fate.
"""
