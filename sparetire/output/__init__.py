"""Tells people and programs what happened; the wording of every message lives here."""
