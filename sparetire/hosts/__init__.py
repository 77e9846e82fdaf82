"""The services a site can live at, each a translation of one protocol."""
