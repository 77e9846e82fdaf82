"""sparetire: a crisis site kept ready, from words to verified live in one command."""

__version__ = "0.1.0"
