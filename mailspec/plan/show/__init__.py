"""The printers of a plan, one a module: each takes a Plan and gives text, the same bytes each time."""
