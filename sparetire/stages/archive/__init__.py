"""Takes over the archive of another newsroom: feeds, and folders of pages."""
