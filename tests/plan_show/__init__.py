"""How a plan is shown, format by format."""
