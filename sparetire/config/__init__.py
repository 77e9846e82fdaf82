"""The workspace's settings: typed, checked all at once, never holding a secret."""
