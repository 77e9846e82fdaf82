"""The first steps of the program: until it can say so in words, Ctrl-C ends it in silence."""

import signal

__all__ = ["main"]

if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def main() -> None:
    """Run the command line."""
    from sparetire.cli.app import main as run  # noqa: PLC0415  it takes the time

    run()


if __name__ == "__main__":
    main()
