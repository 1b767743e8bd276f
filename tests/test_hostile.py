"""Hostile strings: refused with a place and a hint, or literal data; never code, never a second line or entry."""

import json
from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mailspec.load import load
from mailspec.model.secret import Secret
from mailspec.problem import KeyPath, SpecError
from mailspec.render import render
from mailspec.tree import Tree
from tests.examples import examples, whole
from tests.specs import FULL, chain

HARMLESS = "harmless"
PAYLOADS = {
    "a command": "|cmd",
    "a NUL": "evil\0line",
    "a path": "../x",
    "a quote": "evil' OR '1'='1",
    "a tab": "evil\t1\t0",
    "a template": "{{ lookup('pipe','id') }}",
    "a variable": "$mail_owner",
    "an include": ":include:/etc/passwd",
    "another direction": "\u202eevil",
    "another line": "evil\nmynetworks = 0.0.0.0/0",
    "another paragraph": "evil\u2029line",
    "carriage return": "evil\rline",
    "statements": "{% for x in () %}",
}
LITERAL = {"a quote", "a path"}
"""What a text for people may hold."""
SPEC: dict[str, Any] = {
    **FULL,
    "spam": {"allow": ["friend@example.com"], "deny": ["bulk.example"], "greylisting": {"delay": "5m"}},
    "tls": {"source": "files", "certificates": {"mx1.example.org": chain()}},
    "retention": {"accounts": "30d", "logs": "7d"},
    "resolver": {"forwarders": ["198.51.100.2"], "root_hints": {"ns.test.example": ["198.51.100.2"]}},
    "firewall": {"ssh": {"port": 22, "from": ["198.51.100.0/24"]}},
    "limits": {"message_size": "50M"},
    "lint": {"silence": {"no-ipv6": "our provider has none"}},
}
SPEC["lists"]["board"]["name"] = "The board"


def strings(data: Any, path: KeyPath = ()) -> Iterator[tuple[KeyPath, bool]]:
    """The path of every text in a spec; True for a key."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield (*path, key), True
            yield from strings(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from strings(value, (*path, index))
    elif isinstance(data, str | Secret):
        yield path, False


def yaml(data: Any) -> str:
    """The data as YAML on one line, every text in quotes."""
    if isinstance(data, dict):
        return "{" + ", ".join(f"{json.dumps(key)}: {yaml(value)}" for key, value in data.items()) + "}"
    if isinstance(data, list):
        return "[" + ", ".join(yaml(value) for value in data) + "]"
    return f"!secret {json.dumps(data.name)}" if isinstance(data, Secret) else json.dumps(data)


def replaced(path: KeyPath, is_key: bool, text: str) -> dict[str, Any]:
    """The spec with one text replaced."""
    data = deepcopy(SPEC)
    here: Any = data
    for step in path[:-1]:
        here = here[step]
    last = path[-1]
    if is_key:
        here[text] = here.pop(last)
    else:
        here[last] = Secret(text) if isinstance(here[last], Secret) else text
    return data


def tree(data: dict[str, Any], folder: Path) -> Tree:
    """The tree of the spec, through the same files as the user's."""
    (folder / "mail.yml").write_text(yaml(data), encoding="utf-8")
    spec = load(folder)
    return render(spec, next(iter(spec.servers)))


def attempt(data: dict[str, Any], folder: Path) -> Tree | None:
    """The tree, or None when the spec is refused in a way that a person can act on."""
    refused = None
    try:
        return tree(data, folder)
    except SpecError as error:
        refused = error
    assert all(problem.place.line and problem.hint for problem in refused.problems)
    assert str(refused).replace("\n", "").isprintable()
    return None


def shape(found: Tree) -> dict[str, int]:
    """How many lines each file and how many rows each table has."""
    return {path: file.text.count("\n") for path, file in found.files.items()} | {
        table: len(rows) for table, rows in found.rows.items()
    }


@cache
def plain_shape(folder: Path, path: KeyPath) -> dict[str, int]:
    return shape(tree(replaced(path, is_key=False, text=HARMLESS), folder))


@pytest.mark.parametrize("payload", [name if name in LITERAL else whole(name) for name in PAYLOADS])
def test_payload_in_any_text_is_refused_or_literal(payload: str, tmp_path: Path) -> None:
    literal = set()
    for path, is_key in strings(SPEC):
        found = attempt(replaced(path, is_key, PAYLOADS[payload]), tmp_path)
        if found:
            literal.add(path)
            assert shape(found) == plain_shape(tmp_path, path), path
    harmless = {("accounts", "alice", "name"), ("lint", "silence", "no-ipv6"), ("lists", "board", "name")}
    assert literal <= harmless, "only a text for people may hold such a thing"
    assert literal == set() or payload in LITERAL


@settings(max_examples=examples(200), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.text(max_size=40))
def test_any_name_is_refused_or_stays_in_its_row(name: str, tmp_path: Path) -> None:
    path: KeyPath = ("accounts", "alice", "name")
    found = attempt(replaced(path, is_key=False, text=name), tmp_path)
    assert found is None or shape(found) == plain_shape(tmp_path, path)


@settings(max_examples=examples(300), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(raw=st.one_of(st.binary(max_size=300), st.text(alphabet="ab:-?[]{},&*!|>'\"%@`#\n\t \\0~é\ufeff", max_size=80)))
def test_random_bytes_never_end_in_a_traceback(raw: bytes | str, tmp_path: Path) -> None:
    (tmp_path / "mail.yml").write_bytes(raw if isinstance(raw, bytes) else raw.encode())
    with pytest.raises(SpecError) as caught:
        load(tmp_path)
    assert all(problem.hint for problem in caught.value.problems)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.just(Secret("a")),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=examples(400), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(where=st.sampled_from([path for path, _ in strings(SPEC)]), value=VALUES)
def test_any_value_anywhere_never_ends_in_a_traceback(where: KeyPath, value: Any, tmp_path: Path) -> None:
    data = deepcopy(SPEC)
    here: Any = data
    for step in where[:-1]:
        here = here[step]
    here[where[-1]] = value
    attempt(data, tmp_path)
