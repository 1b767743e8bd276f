"""One module a rule: what it looks for, `LEVEL`, and `check`; beside it its page."""
