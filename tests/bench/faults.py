"""The whole corpus of faults against a server in a closed network: each must be stopped before the switch.

`MAILSPEC_SPEC` and `MAILSPEC_LAB` name the spec and the lab, as in the tests of Molecule; arguments choose faults by
the beginning of their names.
"""

import sys

from rich.console import Console
from rich.table import Table

from mailspec.cases.fault import faults
from mailspec.cases.gate import CORPUS, PROJECT, Lab, attempt
from mailspec.render import TEMPLATES


def main() -> None:
    """Try the faults, print a table, and end with 1 when one got through."""
    lab, console = Lab.given(), Console(width=150)
    folder = PROJECT / "build/faults" / lab.release
    folder.mkdir(parents=True, exist_ok=True)
    table = Table("fault", "stopped", "placed", "worded", "by", "s", title=f"Faults on {lab.release}")
    chosen = [fault for fault in faults(CORPUS) if fault.change(lab.release)]
    chosen = [fault for fault in chosen if not sys.argv[1:] or fault.id.startswith(tuple(sys.argv[1:]))]
    results = []
    for fault in chosen:
        found = attempt(lab, fault)
        (folder / f"{fault.id.replace('/', '.')}.log").write_text(found.message, encoding="utf-8")
        marks = ["yes" if mark else "NO" for mark in (found.stopped, found.placed, found.worded)]
        console.print(f"{fault.id}: stopped {marks[0]}, placed {marks[1]}, worded {marks[2]}, {found.seconds:.0f} s")
        table.add_row(fault.id, *marks, found.where, f"{found.seconds:.0f}")
        results.append(found)
        if not found.stopped:
            lab.apply(TEMPLATES)
    console.print(table)
    counts = {name: sum(getattr(found, name) for found in results) for name in ("stopped", "placed", "worded")}
    console.print(", ".join(f"{name} {count} of {len(results)}" for name, count in counts.items()))
    sys.exit(0 if all(found.good for found in results) else 1)


if __name__ == "__main__":
    main()
