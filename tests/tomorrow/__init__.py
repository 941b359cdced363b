"""A newer program for the tests of formats that evolve."""
