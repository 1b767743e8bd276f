"""Measurements, a module each: every figure is a ratio of two sides that one run measured in turn."""
