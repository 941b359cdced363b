"""Packages between real, encrypted offices."""
