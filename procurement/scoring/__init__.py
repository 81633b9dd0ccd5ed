"""The engine that ranks applications: pure, exact, and able to tell how each number came about."""
