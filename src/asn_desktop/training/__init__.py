"""The training calendar: events, participants, attendance and hours (JP). May use ``personnel``; never ``appraisal``.
"""
