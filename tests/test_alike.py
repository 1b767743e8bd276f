"""Entries that look alike mean what the reader that knows all of YAML says, whatever their values are."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailspec.reader.alike import _MOST, _OFTEN, Alike
from mailspec.reader.lines import Lines
from mailspec.reader.reading import Start
from tests.examples import examples
from tests.test_lines import PIECES, VALUES, same

SHAPES = (
    "  {key}:\n    name: {value}\n    quota: 1\n",
    "  {key}:\n    password: {{owner: {value}, hash: !secret a}}\n",
    "  {key}:\n    aliases: [a, {value}]\n    receive: true\n",
    "  {key}:\n    aliases:\n    - a\n    - {value}\n",
    "  {key}:\n    aliases:\n      - {value}\n\n",
    "  {key}:\n    name: '{value}'\n",
    '  {key}:\n    name: "{value}"\n    quota: 1  # much\n',
    "  {key}:\n    password:\n      hash: !secret {value}\n",
    "  {key}: {{name: {value}, quota: [[{{a: {value}}}]]}}\n",
    "  {key}: {value}\n",
)
"""Entries of a section, each with a place for a key and a value."""


def text(shape: str, values: list[str], *, often: bool) -> str:
    """A spec whose entries have one shape; before the values there are so many usual ones that it has a pattern."""
    usual = ["usual"] * (_OFTEN + 5 if often else 0)
    entries = (
        shape.replace("{key}", f"a{number}").replace("{value}", found) for number, found in enumerate([*usual, *values])
    )
    return "first: 1\naccounts:\n" + "".join(entries).replace("{{", "{").replace("}}", "}") + "lists: {}\n"


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("often", [False, True], ids=["seldom", "often"])
def test_each_value_means_the_same_as_alone(shape: str, *, often: bool) -> None:
    assert same(text(shape, ["alice", "bob", "10G"], often=often))
    for value in VALUES:
        same(text(shape, ["alice", value, "bob"], often=often))


@settings(max_examples=examples(200))
@given(st.sampled_from(SHAPES), st.lists(st.lists(st.sampled_from(PIECES), max_size=6).map("".join), max_size=4))
def test_pieces_of_yaml_mean_the_same_as_alone(shape: str, values: list[str]) -> None:
    same(text(shape, values, often=True))


@settings(max_examples=examples(200))
@given(st.lists(st.tuples(st.sampled_from(SHAPES), st.sampled_from(["a", "b c", "10G", "true", "1", "é"])), max_size=9))
def test_entries_of_several_shapes_keep_their_order(entries: list[tuple[str, str]]) -> None:
    parts = [
        shape.replace("{key}", f"a{number}").replace("{value}", found) for number, (shape, found) in enumerate(entries)
    ]
    same("accounts:\n" + "".join(parts).replace("{{", "{").replace("}}", "}") + "lists: {}\n")


def test_usual_entries_are_taken_at_once() -> None:
    for shape in SHAPES:
        spec = text(shape, ["alice"] * 3, often=False)
        start = Start(spec.index("  a0:"), 2)
        entries, starts, after = Alike(2).take(spec, start, len(spec), {})
        assert list(entries) == list(starts) == ["a0", "a1", "a2"], shape
        assert spec[after.offset :] == "lists: {}\n"
        assert starts["a1"] == Lines(spec, "x").starts["accounts", "a1"]


def test_key_that_stands_twice_is_left() -> None:
    spec = "a:\n  b: 1\nb:\n  b: 1\na:\n  b: 2\n"
    entries, _, after = Alike(0).take(spec, Start(0, 0), len(spec), {})
    assert (list(entries), spec[after.offset :]) == (["a", "b"], "a:\n  b: 2\n")
    assert list(Alike(0).take(spec, Start(0, 0), len(spec), {"b"})[0]) == ["a"]


def test_entry_that_is_wrong_in_itself_is_left() -> None:
    for wrong in ("  c: 1\n" * 150, "  c: &c 1\n", "  c: !c 1\n", "  c: [1\n"):
        spec = f"a:\n  b: 1\nb:\n{wrong}"
        assert list(Alike(0).take(spec, Start(0, 0), len(spec), {})[0]) == ["a"]
        same(f"accounts:\n  a:\n    b: 1\n  b:\n{wrong.replace('  c', '    c')}")


def test_shapes_without_end_are_not_learned() -> None:
    reader = Alike(0)
    for number in range(_MOST + 100):
        reader.take(f"a:\n  key{number}: 1\n", Start(0, 0), 1, {})
    assert len(reader._forms) == _MOST
    assert not reader.take(f"a:\n  b: 1\n  c: {'d' * 3000}\n", Start(0, 0), 1, {})[0]
