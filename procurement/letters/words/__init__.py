"""The fixed phrases of the papers: a paper speaks its call's language, whatever the page speaks."""
