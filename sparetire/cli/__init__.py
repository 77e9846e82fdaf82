"""One file a command: parse, call one flow, show one result."""
