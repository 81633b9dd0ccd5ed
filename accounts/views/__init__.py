"""Pages about people: thin views over actions and queries."""
