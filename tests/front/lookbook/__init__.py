"""Every component on one page, for the eye and for the browser tests."""
