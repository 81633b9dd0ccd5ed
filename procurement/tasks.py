"""Effects and checks of time of the procedure."""
