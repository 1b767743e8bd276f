"""Valid specs of any shape against a server in a closed network: the gate must stop none of them.

`script/bench valid 20` makes 20 and checks each with `site.yml --check`: checkers and canary, no switch.
`MAILSPEC_SPEC` and `MAILSPEC_LAB` name the spec and the lab, as in the tests of Molecule.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from ipaddress import ip_address
from pathlib import Path

import yaml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from rich.console import Console

from mailspec.cases.gate import PROJECT, Lab
from mailspec.cases.twin import Dumper, plain, twin
from mailspec.model.domain import MailDomain
from tests.specs import parts
from tests.strategies import specs


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


def main() -> None:
    """Check the specs, and end with 1 when one was stopped."""
    lab, console = Lab.given(), Console(width=150)
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    network = json.loads(Path(os.environ["MAILSPEC_LAB"]).read_text(encoding="utf-8"))
    world = [ip_address(address) for address in network["world"]["addresses"]]
    stopped = 0
    for number, spec in enumerate(drawn(count), 1):
        with tempfile.TemporaryDirectory() as folder:
            write(spec, Path(folder, "spec"))
            twin(Path(folder, "spec"), Path(folder, "twin"), lab.release, world)
            argv = [str(PROJECT / ".venv/bin/ansible-playbook"), "-i", str(Path(folder, "twin")), "--check", "site.yml"]
            env = {**os.environ, "ANSIBLE_CONFIG": str(PROJECT / "ansible.cfg")}
            env.pop("ANSIBLE_CALLBACKS_ENABLED", None)
            started = time.monotonic()
            done = subprocess.run(argv, cwd=PROJECT, env=env, text=True, capture_output=True, check=False)
            proved = "Prove the staged tree in a canary" in done.stdout and "no canary" not in done.stdout
            stopped += bool(done.returncode or not proved)
            console.print(
                f"spec {number} of {count}: {'fine' if not done.returncode and proved else 'STOPPED'}, "
                f"{time.monotonic() - started:.0f} s"
            )
            if done.returncode:
                console.print(done.stdout[-4000:], markup=False)
                console.print((Path(folder, "spec/mail.yml")).read_text(encoding="utf-8"), markup=False)
    console.print(f"stopped {stopped} of {count} on {lab.release}")
    sys.exit(1 if stopped else 0)


if __name__ == "__main__":
    main()
