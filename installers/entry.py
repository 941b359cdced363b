"""What the built program starts: the same ``main`` as the command ``asn-desktop``."""

import sys

from asn_desktop.__main__ import main

sys.exit(main())
