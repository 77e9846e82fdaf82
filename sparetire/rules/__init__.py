"""What the inspect stage checks: one theme a file, one small generator a rule."""
