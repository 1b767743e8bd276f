"""The callback that lets no check pass which would change something."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.examples import whole

ROOT = Path(__file__).parents[2]
PLAY = """
- hosts: localhost
  connection: local
  gather_facts: false
  tasks:
    - name: Do something
      ansible.builtin.debug:
      changed_when: {changes}
"""


@pytest.mark.parametrize(
    ("changes", "options", "code"),
    [(True, ["--check"], 1), (False, ["--check"], 0), whole(True, [], 0)],
    ids=["a change in a check", "a clean check", "a change in a run"],
)
def test_only_a_change_in_a_check_ends_in_an_error(
    changes: bool, options: list[str], code: int, tmp_path: Path
) -> None:
    play = tmp_path / "play.yml"
    play.write_text(PLAY.format(changes=changes))
    command = [str(Path(sys.executable).with_name("ansible-playbook")), "-i", "localhost,", *options, str(play)]
    environment = {
        **os.environ,
        "ANSIBLE_CONFIG": str(ROOT / "ansible.cfg"),
        "ANSIBLE_CALLBACKS_ENABLED": "check_is_clean",
    }
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == code
    assert ("localhost: Do something" in done.stderr) == bool(code)
