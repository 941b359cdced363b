"""How the program becomes something that an office can install. Nothing in ``src`` imports it."""
