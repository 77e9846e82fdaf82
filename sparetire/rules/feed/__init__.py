"""What any feed must be, ours or not: the rules of its format, and of those who read it."""
