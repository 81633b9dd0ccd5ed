"""What people do with their profile: one use case a file, its name a verb and a noun."""
