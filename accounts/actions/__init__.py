"""What people do with accounts and organisations: one use case a file, its name a verb and a noun."""
