"""Editing a spec: the text of one entry changes, every other byte stays as it is."""
