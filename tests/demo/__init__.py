"""The demonstration: its content, its loader, and the commands that start a site."""
