<<<<<<< HEAD
"""Rencana pembinaan: help that begins where an evaluation is low. Proposed by rule, decided by a person.

May look at the appraisal (why) and at the training calendar (a place in an event); neither knows of it.
=======
"""Remediation plans (rencana pembinaan): a low predicate starts help, not punishment.

The topmost subject: may look at appraisal and training.
>>>>>>> main
"""
