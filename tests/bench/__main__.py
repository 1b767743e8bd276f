"""Measure a section, or all short ones, and print their figures."""

import argparse
import importlib
import pkgutil
from pathlib import Path

from rich.console import Console
from rich.table import Table

from . import figure, lab

HELPERS = {"__main__", "figure", "lab", "lookup_client", "many"}
EPILOG = """\
Without NAME all short sections run (*). Each makes the servers it needs in containers and removes them. Figures are
printed, added to build/bench.json, and `--write-docs` puts the last of each run into docs/reference/figures.md.
"""


def sections() -> dict[str, str]:
    """The sections by name, with the first line of their text; a `*` marks the short ones."""
    found = {}
    for module in pkgutil.iter_modules([str(Path(__file__).parent)]):
        if module.name not in HELPERS:
            loaded = importlib.import_module(f"{__package__}.{module.name}")
            mark = "*" if getattr(loaded, "SHORT", False) else " "
            found[module.name] = f"{mark} {(loaded.__doc__ or '').splitlines()[0]}"
    return found


def main() -> None:
    """Run what was asked for."""
    known = sections()
    parser = argparse.ArgumentParser(
        prog="script/bench",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="sections:\n" + "\n".join(f"  {name:10} {text}" for name, text in known.items()) + f"\n\n{EPILOG}",
    )
    parser.add_argument("name", metavar="NAME", nargs="?", choices=list(known), help="the section to measure")
    parser.add_argument("arguments", metavar="ARG", nargs=argparse.REMAINDER, help="what the section takes")
    parser.add_argument("--write-docs", action="store_true", help="write docs/reference/figures.md")
    options = parser.parse_args()
    chosen = [options.name] if options.name else [name for name, text in known.items() if text.startswith("*")]
    if options.write_docs and not options.name:
        chosen = []
    try:
        for name in chosen:
            measure(name, options.arguments)
    finally:
        lab.close()
    if options.write_docs:
        figure.write_page()


def measure(name: str, arguments: list[str]) -> None:
    """Measure one section and keep its figures."""
    module = importlib.import_module(f"{__package__}.{name}")
    figures = list(module.measure(arguments))
    figure.append(" ".join([name, *arguments]), figures)
    table = Table(
        "what", "figure", "promise", "measured", "load, cores", title=f"{name}: {known_title(module.__doc__)}"
    )
    for found in figures:
        table.add_row(found.what, found.text, found.promise.replace("**", ""), found.sides, found.load)
    Console().print(table)


def known_title(doc: str | None) -> str:
    """The first line of a section's text."""
    return (doc or "").splitlines()[0]


if __name__ == "__main__":
    main()
