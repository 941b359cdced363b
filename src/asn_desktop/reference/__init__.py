"""The office, its unit tree, holidays and parameters: what regulations and reorganisations change.

Tables with "valid from" and source, never constants in code. Imports core and storage; code lists that ship with
the program are CSV files in ``resources/reference`` (read through ``environment.resources``).
"""
