"""Load scripts: how many requests a second the product answers, and whether that depends on how many applied."""
