"""Build: from filled words to an edition, by Pelican, in a child process a language."""
