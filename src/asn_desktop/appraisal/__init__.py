"""SKP and evaluations of a period: two ratings, a predicate from the nine-cell table, states, distribution, forms.

PermenPANRB 6/2022. ``predicate``, ``rules`` and ``paste`` are pure; ``opening``, ``rating`` and ``skp`` write inside a
unit of work; ``service`` is what windows and the command line call.
"""
