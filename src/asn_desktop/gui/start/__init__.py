"""Before the main window: first start, sign-in, recovery of a damaged file."""
