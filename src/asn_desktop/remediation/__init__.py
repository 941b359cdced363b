"""Rencana pembinaan: help that begins where an evaluation is low. Proposed by rule, decided by a person.

May look at the appraisal (why) and at the training calendar (a place in an event); neither knows of it.
"""
