"""Valid specs of any shape against a server in a closed network: the gate must stop none of them."""

import argparse
import tempfile
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path

import yaml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from mailspec.cases.twin import Dumper, plain, twin
from mailspec.model.domain import MailDomain
from tests.specs import parts
from tests.strategies import specs

from . import lab
from .figure import Figure, say


@st.composite
def varied(draw: st.DrawFn) -> MailDomain:
    """A valid spec with thresholds and limits of any size as well."""
    spec = draw(specs())
    reject = draw(st.integers(4, 1000))
    mark = draw(st.integers(2, reject - 1))
    spam = {
        "reject": reject,
        "mark": mark,
        "greylisting": {"enabled": draw(st.booleans()), "score": draw(st.integers(0, mark - 1))},
        "deny": draw(st.lists(st.sampled_from(["example.com", "spam@example.edu"]), unique=True)),
        "allow": draw(st.lists(st.sampled_from(["example.com", "friend@example.edu"]), unique=True)),
    }
    limits = {
        "message_size": draw(st.integers(1024**2, 1024**3)),
        "recipients": draw(st.integers(100, 10000)),
        "auth_rate": draw(st.integers(1, 1000)),
    }
    return MailDomain.model_validate({**parts(spec), "spam": spam, "limits": limits})


def drawn(count: int) -> list[MailDomain]:
    """Some valid specs."""
    found: list[MailDomain] = []

    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(varied())
    def collect(spec: MailDomain) -> None:
        found.append(spec)

    collect()
    return found[:count]


def write(spec: MailDomain, folder: Path) -> None:
    """Write a spec as its author would."""
    folder.mkdir()
    text = yaml.dump(plain(spec), Dumper=Dumper, allow_unicode=True, sort_keys=False)
    (folder / "mail.yml").write_text(text, encoding="utf-8")


def measure(arguments: list[str]) -> Iterator[Figure]:
    """Check 200 specs, or as many as ARG says, with `site.yml --check`: checkers and canary, no switch."""
    parser = argparse.ArgumentParser(prog="script/bench valid", description=__doc__)
    parser.add_argument("number", type=int, nargs="?", default=200, help="specs to check")
    parser.add_argument("--os", default="debian-13", help="the release of the server")
    options = parser.parse_args(arguments)
    demo = lab.demo(options.os)
    lab.lab([demo])
    say("the first converge")
    lab.settle([demo])
    stopped = 0
    for number, spec in enumerate(drawn(options.number), 1):
        with tempfile.TemporaryDirectory() as folder:
            write(spec, Path(folder, "spec"))
            twin(Path(folder, "spec"), Path(folder, "twin"), options.os, list(map(ip_address, lab.WORLD)))
            done = lab.play([Path(folder, "twin")], lab.SITE, "--check", may_fail=True)
            fine = not done.code and any("canary" in task for task in done.tasks) and "no canary" not in done.output
            say(f"{number} of {options.number}: {'passes' if fine else 'STOPPED'}, {done.seconds:.0f} s")
            if not fine:
                stopped += 1
                say(f"{done.output[-4000:]}\n{Path(folder, 'spec/mail.yml').read_text(encoding='utf-8')}")
    yield Figure(f"valid specs that the gate stops, of {options.number} on {options.os}", stopped, 0, "specs")
