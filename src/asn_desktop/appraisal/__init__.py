"""SKP and evaluations: two ratings each, and the predicate that follows from them through a table.

There is no score anywhere: PermenPANRB 6/2022 Pasal 24–25. May use ``personnel``; never ``training``.
"""
