"""``self-test``: does everything the program needs work on this computer, in this build of the program?

The one question for a new PC, a new build and a support call. Every check does the real thing in a temporary folder,
is timed, and fails alone; a report (JSON), a log and pictures of the window stay. Never shows a box, never waits
for a person, never touches an office.

``command`` runs it, ``findings`` holds what a check answers, ``parts`` looks at libraries and shipped files,
``office`` plays a small office, ``window`` draws every tab in a process of its own.
"""
