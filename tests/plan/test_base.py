"""The base of a plan: a folder, a file, or a revision of git that nothing is checked out for."""

import shutil
import subprocess
from pathlib import Path

import pytest

from mailspec.plan.make import plan
from mailspec.problem import SpecError
from tests.plan import BASE


def git(folder: Path, *arguments: str) -> str:
    settings = ("-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false")
    done = subprocess.run(["git", *settings, *arguments], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout


@pytest.fixture
def spec(tmp_path: Path) -> Path:
    """A spec in a repository, in a folder of its own, with one commit."""
    folder = tmp_path / "repository" / "inventories" / "first domain"
    shutil.copytree(BASE, folder)
    git(tmp_path / "repository", "init", "--quiet", "--initial-branch=main")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "--message=First")
    return folder


def edit(spec: Path, old: str = "quota: 1G", new: str = "quota: 2G") -> None:
    text = (spec / "mail.yml").read_text()
    assert old in text
    (spec / "mail.yml").write_text(text.replace(old, new))


def texts(spec: Path, base: str) -> list[str]:
    return [statement.text for statement in plan(spec, base).statements]


LARGER = ["the mailbox of bob@example.org holds at most 2G instead of 1G"]


@pytest.mark.parametrize("base", ["HEAD", "main", "HEAD^{commit}"])
def test_work_tree_is_compared_with_a_revision(spec: Path, base: str) -> None:
    edit(spec)
    assert texts(spec, base) == LARGER
    assert texts(spec / "mail.yml", base) == LARGER


def test_two_revisions_ago_is_a_base(spec: Path) -> None:
    edit(spec)
    git(spec, "commit", "--all", "--quiet", "--message=Second")
    assert texts(spec, "HEAD") == []
    assert texts(spec, "HEAD~1") == LARGER


def test_folder_or_file_is_a_base(spec: Path) -> None:
    edit(spec)
    assert texts(spec, str(BASE)) == LARGER
    assert texts(spec, str(BASE / "mail.yml")) == LARGER


def test_work_tree_and_index_stay_as_they_are(spec: Path) -> None:
    edit(spec)
    (spec / "new.txt").write_text("mine")
    index = (spec.parent.parent / ".git/index").read_bytes()
    before = git(spec, "status", "--porcelain")
    plan(spec, "HEAD")
    assert (spec.parent.parent / ".git/index").read_bytes() == index
    assert git(spec, "status", "--porcelain") == before


def test_export_ignore_hides_nothing(spec: Path) -> None:
    (spec / ".gitattributes").write_text("* export-ignore\n")
    git(spec, "add", ".")
    git(spec, "commit", "--quiet", "--message=Attributes")
    assert texts(spec, "HEAD") == []


def test_what_git_ignores_is_taken_as_it_is(spec: Path) -> None:
    (spec / ".gitignore").write_text("/tls/\n/dkim/\n")
    git(spec, "rm", "--cached", "-r", "--quiet", "tls", "dkim")
    git(spec, "add", ".")
    git(spec, "commit", "--quiet", "--message=Ignore")
    assert not plan(spec, "HEAD").changes


def test_new_file_that_git_does_not_ignore_is_a_change(spec: Path) -> None:
    (spec / "accounts").mkdir()
    (spec / "accounts/more.yml").write_text("henry: {password: {hash: !secret henry}}\n")
    assert texts(spec, "HEAD") == ["henry@example.org gets a mailbox, which holds any amount"]


def test_link_to_another_file_of_the_revision_is_followed(spec: Path) -> None:
    (spec.parent / "shared.pem").write_bytes((spec / "tls/mx1.example.org.pem").read_bytes())
    (spec / "tls/mx1.example.org.pem").unlink()
    (spec / "tls/mx1.example.org.pem").symlink_to("../../shared.pem")
    git(spec.parent, "add", "--all", ".")
    git(spec, "commit", "--quiet", "--message=Link")
    assert not plan(spec, "HEAD").changes


def test_environment_of_a_hook_does_not_mislead(spec: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edit(spec)
    monkeypatch.setenv("GIT_DIR", ".git")
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/index")
    assert texts(spec, "HEAD") == LARGER


def test_place_of_what_has_gone_is_in_the_base(spec: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(spec)
    edit(spec, "  frank: {password: {hash: !secret frank}}\n", "")
    edit(spec)
    found = plan(Path(), "HEAD")
    assert {key: str(place) for key, place in found.places.items()} == {
        "account-removed:frank@example.org": "HEAD:mail.yml:21:3",
        "mailbox-quota:bob@example.org": "mail.yml:17:64",
    }


@pytest.mark.parametrize(
    ("base", "words"),
    [
        ("nowhere", "`nowhere` is no folder with a `mail.yml`, and no revision of "),
        ("--help", "`--help` is no folder with a `mail.yml`, and no revision of "),
        ("HEAD:inventories", "no revision of "),
        ("", "no revision of "),
    ],
)
def test_base_that_is_nothing_is_one_error(spec: Path, base: str, words: str) -> None:
    with pytest.raises(SpecError) as caught:
        plan(spec, base)
    (problem,) = caught.value.problems
    assert (str(problem.place), problem.id) == ("--base", "no-base")
    assert words in problem.fact


def test_revision_without_the_spec_is_an_error(spec: Path) -> None:
    git(spec, "mv", "mail.yml", "../mail.yml")
    git(spec, "commit", "--quiet", "--message=Move")
    git(spec, "mv", "../mail.yml", "mail.yml")
    with pytest.raises(SpecError, match=r"`HEAD` has no inventories/first domain/mail\.yml"):
        plan(spec, "HEAD")


def test_spec_outside_of_git_has_no_revisions(tmp_path: Path) -> None:
    shutil.copytree(BASE, tmp_path / "spec")
    with pytest.raises(SpecError, match="no revision of "):
        plan(tmp_path / "spec", "HEAD")


def test_mistake_in_the_base_is_told_with_its_revision(spec: Path) -> None:
    edit(spec, "quota: 1G", "quota: much")
    git(spec, "commit", "--all", "--quiet", "--message=Broken")
    edit(spec, "quota: much", "quota: 1G")
    with pytest.raises(SpecError, match=r"HEAD:mail\.yml:17:64: error\[bad-unit\]"):
        plan(spec, "HEAD")


def test_script_of_the_revision_is_compared_with_that_of_now(spec: Path) -> None:
    edit(spec, "quota: 1G", "quota: 1G, sieve: sieve/bob.sieve")
    (spec / "sieve").mkdir()
    (spec / "sieve/bob.sieve").write_text("keep;\n")
    git(spec, "add", ".")
    git(spec, "commit", "--quiet", "--message=Sort")
    assert texts(spec, "HEAD") == []
    (spec / "sieve/bob.sieve").write_text("discard;\n")
    assert texts(spec, "HEAD") == ["mail to bob@example.org is sorted by another version of sieve/bob.sieve"]
    assert texts(spec, "HEAD~") == ["mail to bob@example.org is sorted by sieve/bob.sieve"]
