"""Pegawai: who the civil servants are, where they work and worked, and who assesses whom.

The base subject: appraisal, training and remediation look people up here. ``listing`` turns filters into sorted
ids, ``queries`` ids into rows, ``assignment`` holds the assessor rule; people are deactivated, never deleted.
"""
