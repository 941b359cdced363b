"""Entry of the program: its own children first, then the command line or the window."""

from __future__ import annotations

import gc
import os
import sys


def main() -> int:
    """Dispatch before anything heavy is imported: the child must start in a blink."""
    if sys.argv[1:2] == ["--read-workbook"]:
        from asn_desktop.exchange.reader_child import main as read_workbook

        return read_workbook()
    from asn_desktop.environment.program import prepare_streams, start_again_in_utf8

    start_again_in_utf8()
    prepare_streams()
    if sys.argv[1:2] == ["--self-test-window"]:
        from asn_desktop.self_test.window import main as draw_window

        return draw_window(sys.argv[2:])
    from asn_desktop.cli.arguments import build_parser
    from asn_desktop.core.collector import collector_paused

    arguments = build_parser().parse_args(sys.argv[1:])
    if arguments.version:
        from asn_desktop import __version__
        from asn_desktop.cli.saying import answer

        return 0 if answer(f"ASN Desktop {__version__}") else 5
    demo = arguments.command == "demo"
    wants_window = arguments.command in (None, "open") or (demo and not arguments.no_window)
    if wants_window and _has_display():
        gc.disable()  # until the first window is shown
        from asn_desktop.app import run_window

        return run_window(arguments.home, demo=demo, file=getattr(arguments, "file", None))
    if arguments.command == "self-test":
        from asn_desktop.self_test.command import main as self_test

        return self_test(arguments)
    with collector_paused():  # what is loaded stays
        from asn_desktop.cli.run import run

    if arguments.command is None:
        build_parser().print_help()
        return 2
    return run(arguments)


def _has_display() -> bool:
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or os.environ.get("QT_QPA_PLATFORM"))


if __name__ == "__main__":
    sys.exit(main())
