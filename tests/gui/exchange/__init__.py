"""Packages between offices in the real window: a district and its province, real homes, real files."""
