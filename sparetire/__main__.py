"""Lets ``python -m sparetire`` do what the ``sparetire`` command does."""

from sparetire.cli.app import main

if __name__ == "__main__":
    main()
