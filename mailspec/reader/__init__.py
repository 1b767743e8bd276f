"""Reading YAML: text becomes plain data, fast for large specs, and every value knows its place."""
