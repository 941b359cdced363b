"""``asn-dev``: the developer's commands. Not shipped, imported by nobody."""
