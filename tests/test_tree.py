"""The tree as data: it survives JSON, and nobody can read a secret in it."""

import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from mailspec.model.domain import MailDomain
from mailspec.model.secret import Secret
from mailspec.rows import rows
from mailspec.tree import File, Tree
from tests.strategies import specs

_TEXT = st.text(st.characters(exclude_categories=["Cs"]))
_SECRETS = st.builds(Secret, st.sampled_from(["alice", "dkim/example.org/rsa1"]))
_FILES = st.builds(
    File,
    path=st.sampled_from(["/etc/a", "/etc/b/c.conf"]),
    service=st.just("postfix"),
    template=st.just("common/etc/a.j2"),
    parts=st.lists(_TEXT | _SECRETS).map(tuple),
    mode=st.sampled_from(["0644", "0600"]),
)


@given(specs(), st.lists(_FILES))
def test_json_gives_the_same_tree(spec: MailDomain, files: list[File]) -> None:
    tree = Tree("mx1.example.org", {file.path: file for file in files}, rows(spec, "mx1.example.org"), ("postfix",))
    again = Tree.from_json(tree.to_json())
    assert again == tree
    assert again.to_json() == tree.to_json()


def test_text_shows_the_name_of_a_secret() -> None:
    file = File("/etc/a", "postfix", "common/etc/a.j2", ("key = ", Secret("alice"), "\n"))
    assert file.is_secret
    assert file.text == "key = <secret alice>\n"


def test_written_tree_has_one_row_a_line(tmp_path: Path) -> None:
    file = File("/etc/a", "postfix", "common/etc/a.j2", ("x\n",))
    Tree("mx1", {"/etc/a": file}, {"sender": [("a@b.example", "c@b.example")]}).write(tmp_path)
    assert (tmp_path / "etc/a").read_text() == "x\n"
    assert (tmp_path / "rows/sender").read_text() == "address\tlogin\na@b.example\tc@b.example\n"
    assert json.loads((tmp_path / "manifest.json").read_text())["files"]["/etc/a"]["mode"] == "0644"
