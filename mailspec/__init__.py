"""mailspec: one file, one command, a working mail domain."""

__version__ = "0.1.0"
