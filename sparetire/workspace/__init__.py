"""The team's folder: what lies where, what is kept, and who is at work in it."""
