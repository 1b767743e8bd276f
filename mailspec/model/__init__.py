"""The model of a mail domain: one module a feature, `domain` is the table of contents."""
