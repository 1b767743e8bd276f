"""The plan: everything a change of the spec will do, in mail terms, files, records and reloads; pure and offline."""
