"""Packages between offices: where things stand, sending, receiving, undecided differences."""
