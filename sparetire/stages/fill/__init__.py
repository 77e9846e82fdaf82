"""Fill: from the answers of a person to the words of an incident, and of the standing pages."""
