"""Pages of one's own profile: thin views over actions and queries."""
