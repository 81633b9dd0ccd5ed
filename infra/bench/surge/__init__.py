"""The last minute before a deadline: everybody submits, and every acknowledgement is held against what was kept."""
