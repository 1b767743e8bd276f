"""What runs on a server: Python standard library only."""
