"""Lembar kerja: worksheets that an OPD fills in Excel without this program, and their way back.

:mod:`kinds` says what goes out and what may be filled · :mod:`outgoing` gathers the rows · :mod:`writer` and
:mod:`guide` make the workbook · :mod:`mark` and :mod:`basis` are its machine part · :mod:`merge` is the three-way
rule per field · :mod:`people` finds the person of a row, :mod:`plan` the row's fate, :mod:`rules` what each kind
adds · :mod:`ledger` knows what went out and what came back · :mod:`service` is what clients call.
"""
