"""Kalender pelatihan: events of every form of Peraturan LAN 10/2018, who takes part, hours (JP) and money.

A PNS owes a minimum of JP a year, a PPPK has a maximum: two different checks. May use ``personnel``; never
``appraisal``.
"""
