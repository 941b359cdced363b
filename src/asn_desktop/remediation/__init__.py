"""Remediation plans (rencana pembinaan): a low predicate starts help, not punishment.

The topmost subject: may look at appraisal and training.
"""
