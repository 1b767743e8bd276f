"""The whole corpus of faults against a server in a closed network: each must be stopped before the switch."""

import argparse
from collections.abc import Iterator

from mailspec.cases.fault import faults
from mailspec.cases.gate import CORPUS, Lab, attempt
from mailspec.cases.playbook import PROJECT
from mailspec.render import TEMPLATES

from . import lab
from .figure import Figure, say


def measure(arguments: list[str]) -> Iterator[Figure]:
    """Try all faults, or those whose names begin as ARG says; what each run said goes to build/faults."""
    parser = argparse.ArgumentParser(prog="script/bench faults", description=__doc__)
    parser.add_argument("names", nargs="*", help="the beginnings of names")
    parser.add_argument("--os", default="debian-13", help="the release of the server")
    options = parser.parse_args(arguments)
    folder = lab.demo(options.os)
    lab.lab([folder])
    say("the first converge")
    lab.settle([folder])
    lab.adopt(folder)
    server, logs = Lab.given(), PROJECT / "build/faults" / options.os
    logs.mkdir(parents=True, exist_ok=True)
    chosen = [fault for fault in faults(CORPUS) if fault.change(options.os)]
    chosen = [fault for fault in chosen if not options.names or fault.id.startswith(tuple(options.names))]
    lacking = dict.fromkeys(("stopped", "placed", "worded"), 0)
    for number, fault in enumerate(chosen, 1):
        found = attempt(server, fault)
        (logs / f"{fault.id.replace('/', '.')}.log").write_text(found.message, encoding="utf-8")
        missing = [mark for mark in lacking if not getattr(found, mark)]
        for mark in missing:
            lacking[mark] += 1
        verdict = f"NOT {', '.join(missing)}" if missing else "stopped"
        say(f"{number} of {len(chosen)}: {fault.id}: {verdict} ({found.where}, {found.seconds:.0f} s)")
        if not found.stopped:
            server.apply(TEMPLATES)
    words = {
        "stopped": "not stopped before the switch",
        "placed": "told without their line",
        "worded": "told otherwise",
    }
    for mark, count in lacking.items():
        yield Figure(f"faults {words[mark]}, of {len(chosen)} on {options.os}", count, 0, "faults")
