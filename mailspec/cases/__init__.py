"""Test cases derived from the spec, and the world they run in."""
