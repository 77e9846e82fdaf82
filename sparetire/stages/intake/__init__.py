"""Intake: from a document of others to words and pictures that may go public."""
