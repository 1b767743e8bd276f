"""`python -m mailspec` is `mailspec`."""

from .cli import main

main()
