"""One step of a launch each: frozen values in, a frozen value out."""
