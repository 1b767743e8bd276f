"""Several spec folders in one run: each renders for its own servers, and what is wrong names its folder."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from mailspec.init import Answers, init
from mailspec.vault import PASSWORD_FILE

ROOT = Path(__file__).parents[2]
PLAY = """
- hosts: mailspec
  tasks:
    - name: Render the tree of the server
      mailspec_render:
        spec: "{{ mailspec_folder }}"
"""


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    monkeypatch.delenv("ANSIBLE_VAULT_PASSWORD_FILE", raising=False)
    monkeypatch.chdir(tmp_path)
    for name in ("one", "two"):
        init(Path(name), Answers(f"{name}.example", f"mx1.{name}.example", "alice", ("198.51.100.25",), "a" * 20))
    (tmp_path / "play.yml").write_text(PLAY)
    return [Path("one"), Path("two")]


def render(*folders: Path) -> subprocess.CompletedProcess[str]:
    inventory = [word for folder in folders for word in ("-i", str(folder))]
    argv = [str(Path(sys.executable).with_name("ansible-playbook")), *inventory, "play.yml"]
    environment = {**os.environ, "ANSIBLE_CONFIG": str(ROOT / "ansible.cfg")}
    return subprocess.run(argv, env=environment, capture_output=True, text=True, check=False)


def test_each_server_gets_the_tree_of_its_folder(folders: list[Path]) -> None:
    done = render(*folders)
    assert done.returncode == 0, done.stdout + done.stderr
    assert {f"ok: [mx1.{name}.example]" for name in ("one", "two")} <= set(done.stdout.splitlines())


@pytest.mark.whole
def test_a_vault_that_does_not_open_stops_its_own_servers(folders: list[Path]) -> None:
    (folders[1] / PASSWORD_FILE).write_text("wrong\n")
    done = render(*folders)
    assert done.returncode == 2
    assert "two/vault.yml: error[wrong-vault-password]" in done.stdout + done.stderr
    assert "ok: [mx1.one.example]" in done.stdout.splitlines()


@pytest.mark.whole
def test_a_spec_with_an_error_ends_the_run_and_names_its_folder(folders: list[Path]) -> None:
    (folders[1] / "mail.yml").write_text("mailspec: 2\n")
    done = render(*folders)
    assert done.returncode == 1
    assert "two/mail.yml:1:11: error[" in done.stdout + done.stderr


@pytest.mark.whole
def test_a_server_of_two_folders_is_refused(folders: list[Path]) -> None:
    text = (folders[1] / "mail.yml").read_text()
    (folders[1] / "mail.yml").write_text(text.replace("mx1.two.example", "mx1.one.example"))
    (folders[1] / "tls/mx1.two.example.pem").rename(folders[1] / "tls/mx1.one.example.pem")
    done = render(*folders)
    assert done.returncode == 1
    assert "`mx1.one.example` already stands in one/mail.yml" in done.stdout + done.stderr
