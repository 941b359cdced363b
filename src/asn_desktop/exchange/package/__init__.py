"""Sealed packages between offices: what one replica knows, as a workbook that another can merge without losing any.

:mod:`protocol` is the catalogue of what travels, :mod:`content` the package in memory. Writing and reading the
file, the causality behind a merge, the merge itself and its bookkeeping each have a module; docs/exchange.md
explains the whole.
"""
