"""Use cases: the stages in order. Flows never print and never ask; they take an answer in."""
