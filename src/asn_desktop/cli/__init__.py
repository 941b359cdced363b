"""The command line: the same services as the window, without Qt, for scripts and for the head office.

``arguments`` says what can be typed, ``commands`` does it, ``run`` turns the outcome into text or JSON and an exit
code. Imports services; never gui.
"""
