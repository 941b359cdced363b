"""How the program becomes something that an office can install. Not part of the program; nothing in ``src`` imports it."""
