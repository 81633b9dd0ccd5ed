"""The Grenoble call, played by invented people through the real actions."""
