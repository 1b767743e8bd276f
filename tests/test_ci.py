"""What docs/ci offers for copying is whole: its commands exist and do on a spec what the comments say."""

import http.server
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
import yaml

from mailspec.cli import commands
from tests.examples import whole
from tests.test_cli import mailspec

ROOT = Path(__file__).parent.parent
GITHUB = ROOT / "docs/ci/github-actions.yml"
GITLAB = ROOT / "docs/ci/gitlab-ci.yml"
HOOKS = ROOT / ".pre-commit-hooks.yaml"


def _read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _steps(job: str) -> list[dict[str, Any]]:
    steps: list[dict[str, Any]] = _read(GITHUB)["jobs"][job]["steps"]
    return steps


@pytest.fixture
def spec(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a spec that changes in its second commit, and mailspec in `.venv`."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ANSIBLE_VAULT_PASSWORD_FILE", raising=False)
    mailspec(
        "init", "inventories/first", "--domain", "example.org", "--server", "mx1.example.org", "--account", "alice"
    )
    (tmp_path / ".gitignore").write_text(".vault-password\n.venv/\n")
    program = tmp_path / ".venv/bin/mailspec"
    program.parent.mkdir(parents=True)
    program.write_text(f'#!/bin/sh\nPYTHONPATH={shlex.quote(str(ROOT))} exec {sys.executable} -m mailspec "$@"\n')
    program.chmod(0o755)
    _commit("init", "-q")
    _commit("add", ".")
    _commit("commit", "-q", "-m", "first")
    _aliases("sales")
    _commit("commit", "-q", "-a", "-m", "second")
    return tmp_path / "inventories/first/mail.yml"


def _commit(*arguments: str) -> None:
    who = ("-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *who, *arguments], check=True)


def _aliases(*names: str) -> None:
    """Give alice these further addresses."""
    path = Path("inventories/first/mail.yml")
    bare = re.sub(r", aliases: \[[^]]*\]", "", path.read_text(encoding="utf-8"))
    path.write_text(bare.replace("name: Alice", f"name: Alice, aliases: [{', '.join(names)}]"), encoding="utf-8")


def _run(script: str, **more: str) -> subprocess.CompletedProcess[str]:
    """A script as both forges run it: by bash, which stops at the first error."""
    return subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", script],
        env=os.environ | more,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def _commands(text: str) -> set[str]:
    return set(re.findall(r"\.venv/bin/mailspec (\w+)", text))


@pytest.mark.parametrize("path", [GITHUB, GITLAB, HOOKS], ids=lambda path: path.name)
def test_every_command_exists(path: Path) -> None:
    found = _commands(path.read_text(encoding="utf-8"))
    assert found == {"lint", "plan", "validate"}
    assert found <= commands.commands.keys()


@pytest.mark.parametrize("path", [GITHUB, GITLAB, HOOKS], ids=lambda path: path.name)
def test_every_option_exists(path: Path) -> None:
    known = {option for command in commands.commands.values() for p in command.params for option in p.opts}
    text = path.read_text(encoding="utf-8").replace("\\\n", " ")
    for line in re.findall(r"\.venv/bin/mailspec (?:lint|plan|validate)[^\n|;]*", text):
        assert set(re.findall(r"(?<!\S)--[a-z-]+", line)) - {"--"} <= known | {"--no-diff"}, line


def test_actions_are_pinned_by_commit() -> None:
    used = [step["uses"] for job in ("plan", "comment") for step in _steps(job) if "uses" in step]
    assert used
    assert all(re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", name) for name in used)


def test_workflow_has_the_least_permissions_and_no_secret() -> None:
    flow = _read(GITHUB)
    assert flow["permissions"] == {}
    assert {name: job["permissions"] for name, job in flow["jobs"].items()} == {
        "plan": {"contents": "read"},
        "comment": {"pull-requests": "write"},
    }
    assert set(flow["on"]) == {"pull_request"}
    text = GITHUB.read_text(encoding="utf-8")
    assert "secrets." not in text
    assert not [step for step in _steps("comment") if "checkout" in step.get("uses", "")]


def test_no_script_holds_an_expression_of_github() -> None:
    scripts = [step["run"] for job in ("plan", "comment") for step in _steps(job) if "run" in step]
    assert not [script for script in scripts if "${{" in script]


@pytest.mark.parametrize(("aliases", "code", "red"), [whole(["sales", "info"], "2", False), whole([], "4", True)])
@pytest.mark.usefixtures("spec")
def test_github_plans_what_a_merge_replaces(aliases: list[str], code: str, red: bool) -> None:
    _aliases(*aliases)
    _commit("commit", "-q", "-a", "-m", "third")
    output, summary = Path("output"), Path("summary")
    where = {"SPEC": "inventories/first", "GITHUB_OUTPUT": str(output), "GITHUB_STEP_SUMMARY": str(summary)}
    for step in _steps("plan"):
        if step.get("name") in {"Validate", "Lint", "Plan"}:
            done = _run(step["run"], **where)
            assert done.returncode == 0, done.stderr
    assert output.read_text() == f"code={code}\nshown=yes\n"
    assert summary.read_text().startswith("<!-- mailspec plan inventories/first -->\n### Mail plan: ")
    assert Path("plan/plan.html").read_text().startswith("<!DOCTYPE html>")
    (verdict,) = [step for step in _steps("plan") if "code == '4'" in step.get("if", "")]
    assert ("outputs.code == '4'" in verdict["if"], code == "4") == (True, red)
    assert _run(verdict["run"]).returncode == 1


@pytest.mark.whole
def test_github_stops_at_a_spec_that_can_not_be_read(spec: Path) -> None:
    spec.write_text("mailspec: 2\n")
    (step,) = [step for step in _steps("plan") if step.get("id") == "plan"]
    done = _run(step["run"], SPEC="inventories/first", GITHUB_OUTPUT="output", GITHUB_STEP_SUMMARY="summary")
    assert done.returncode == 1
    assert not Path("output").exists()


@pytest.mark.parametrize(("aliases", "code"), [whole(["sales", "info"], 0), ([], 4)])
@pytest.mark.usefixtures("spec")
def test_gitlab_plans_against_the_merge_base(aliases: list[str], code: int) -> None:
    _aliases(*aliases)
    job = _read(GITLAB)["mail-plan"]
    lines = [line for line in job["script"] if "pip" not in line and "venv " not in line]
    done = _run("\n".join(lines), SPEC="inventories/first", CI_MERGE_REQUEST_DIFF_BASE_SHA="HEAD")
    assert done.returncode == code, done.stderr
    assert all(Path(path).exists() for path in job["artifacts"]["paths"])


class _Notes(http.server.BaseHTTPRequestHandler):
    """A merge request of GitLab, with its notes; two on a page."""

    notes: dict[int, str]
    said: list[str]

    def _answer(self, data: Any, following: str = "") -> None:
        self.said.append(f"{self.command} {self.headers['PRIVATE-TOKEN']}")
        body = json.dumps(data).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("X-Next-Page", following)
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self) -> None:
        page = int(re.findall(r"[?&]page=([0-9]+)", self.path)[0])
        found = [{"id": number, "body": body} for number, body in self.notes.items()]
        self._answer(found[2 * page - 2 : 2 * page], str(page + 1) if len(found) > 2 * page else "")

    def do_POST(self) -> None:
        self.notes[len(self.notes) + 1] = self._body()
        self._answer({})

    def do_PUT(self) -> None:
        self.notes[int(self.path.rpartition("/")[2])] = self._body()
        self._answer({})

    def _body(self) -> str:
        return str(json.loads(self.rfile.read(int(self.headers["Content-Length"])))["body"])

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@pytest.mark.whole
@pytest.mark.usefixtures("spec")
def test_gitlab_comment_is_written_once_and_then_again_in_its_place() -> None:
    (script,) = _read(GITLAB)["mail-plan-comment"]["script"]
    assert _read(GITLAB)["mail-plan-comment"]["variables"]["GIT_STRATEGY"] == "none"
    handler = type("Notes", (_Notes,), {"notes": {1: "hello", 2: "a review", 3: "one more"}, "said": []})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        where = {"NOTES": f"http://127.0.0.1:{server.server_port}/notes", "MAILSPEC_TOKEN": "token"}
        for name in ("info", "other"):
            _aliases("sales", name)
            shutil.rmtree("plan", ignore_errors=True)
            mailspec("plan", "inventories/first", "--base", "HEAD", "--format", "markdown", "--out", "plan/plan.md")
            done = _run(script, **where)
            assert done.returncode == 0, done.stderr
            assert list(handler.notes) == [1, 2, 3, 4]  # type: ignore[attr-defined]
            assert handler.notes[4] == Path("plan/plan.md").read_text()  # type: ignore[attr-defined]
        server.shutdown()
    assert handler.said == ["GET token", "GET token", "POST token", "GET token", "GET token", "PUT token"]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("aliases", "code"),
    [
        whole(["sales"], 0),
        whole(["sales", "info"], 0),
        ([], 4),
    ],
)
@pytest.mark.usefixtures("spec")
def test_pre_commit_stops_at_a_danger_only(aliases: list[str], code: int) -> None:
    _aliases(*aliases)
    hooks = {hook["id"]: hook for hook in _read(HOOKS)}
    assert set(hooks) == {"mailspec-lint", "mailspec-plan", "mailspec-validate"}
    assert all(hook["language"] == "system" and not hook["pass_filenames"] for hook in hooks.values())
    for name in hooks:
        words = [*shlex.split(hooks[name]["entry"]), "inventories/first"]
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        assert done.returncode == (min(code, 1) if name == "mailspec-plan" else 0), done.stderr
