"""The reader of large files gives what the reader that knows all of YAML gives, or leaves the text to it."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailspec.reader.document import LARGE, read
from mailspec.reader.lines import Lines
from mailspec.reader.parse import Reader
from mailspec.reader.usual import ODD, value
from tests.examples import examples

ACCOUNTS = """\
mailspec: 1
domains:
  example.org: {}
  shop.example:   # the second
    catch_all: bob

accounts:
  alice:
    name: Alice Martin
    password: {hash: !secret account/alice}
    quota: 10G
    aliases:
    - info
    - sales
  bob:
    password:
      hash: !secret bob
    receive: false
    aliases: [x, "y"]
lists:
  all:
    members:
      - alice
      - 'bob'
"""

VALUES = (
    "no", "on", "yes", "y", "true", "True", "FALSE", "null", "NULL", "~", "Null ", "=", "<<", "nothing # but", "a #",
    "a#b", "0777", "0o17", "0x1F", "1:30", "12:30:45", "1_000", "1e3", "-3", "+4", ".5", "1.", "1.5e-3", ".inf",
    ".nan", "9" * 30, "2001-01-01", "2001:db8::1", "http://x.org/", "a:b", "a: b", "a :b", "a :", "10G", "/x", "_",
    "é", "名前", "a,b", "a]", "a}", "'a'", "'a''b'", "'a' b", "'a'  # c", "''", '""', '"a"', '"\\u00e9"', '"a\\',
    '"a" "b"', '"a\tb"', "'1'", '"true"', "'a", "!secret a", "!secret  a", "!secret A", "!secret", "!secret 'a'",
    "!secret a b", "!secret a # c", "!secret a:", "!secreta", "!!str 1", "! a", "!foo a", "&a b", "*a", "&", "*",
    "@a", "`a", "%a", "-", "- a", "-a", "--- a", "...", "? a", "?a", ": a", ":a", "[]", "[ ]", "{}", "{ }", "[a]",
    "[a, b]", "[a,b]", "[ a , b ]", "[a, ]", "[,]", "[a,,b]", "[a b, c]", "[a", "a]", "[a] b", "[a]# b", "[a] # b",
    "[a: b]", "[{a: b}, y]", "{a: b}", "{a:b}", "{a: }", "{a}", "{a: b, a: c}", "{a: 1, b: [no, ~, '1']}",
    "{a: !secret b}", "{a: !secret b, c: d}", "{'a': b}", '{"a":b}', "{? a : b}", "[a #b", "[a #b]", "{1: 2}",
    "[[[[[[a]]]]]]", "|", ">", "|-", "| a", "a\tb", "\ta", "a ", " a", "  ", "", "#", "# a", " # a", "a - b", "a, b",
    "a 'b' \"c\"", "a\\nb", "\\", "%",
)  # fmt: skip

PIECES = (
    "a", "b", "alice", "name", " ", "  ", "    ", "\n", "\n  ", "\n    ", "\n  - ", "\n- ", ": ", ":", "- ", "-",
    "?", "? ", "'", '"', "[", "]", "{", "}", ",", ", ", "!secret a", "!foo ", "&a", "*a", "#", " # c", "|",
    "|\n    x\n", ">", "\\", "\t", "\n---\n", "---", "...", "%", "@", "é", "<<", "a:\n", "x: 'y' # z", 'x: "y\n  z"',
    "x: [a,\n  b]", "x: {\n a: b\n }\n", "\n\n", "\n# c\n", "[]", "{}", "? a\n: b", '"a b": c', "a : b", "a:b",
    "1: 2", "\r\n", "\nalice:\n", "\n  alice: ",
)  # fmt: skip


def typed(data: Any) -> Any:
    """The data with the type of each value, since `1 == True == 1.0`."""
    if isinstance(data, dict):
        return {key: typed(inner) for key, inner in data.items()}
    return [typed(inner) for inner in data] if isinstance(data, list) else (type(data), repr(data))


def same(text: str) -> bool:
    """Whether the lines were taken, after comparing what both readers make of a main file and of a split one."""
    one, two = _same(text, 1), _same(text, 2)
    return one and two


def _same(text: str, depth: int) -> bool:
    text = text.replace("\r\n", "\n")
    if "\r" in text:
        return False  # such a file never gets to the reader of lines, see below
    lines, reader = Lines(text, "x", depth=depth), Reader(text, "x", depth=depth)
    if lines.is_odd:
        return False
    assert lines.broken == reader.broken
    if not reader.broken:
        assert typed(lines.data) == typed(reader.data)
        assert (lines.problems, lines.twice, lines.starts) == (reader.problems, reader.twice, reader.starts)
    assert bool(lines.problems) == bool(reader.problems)
    return True


@pytest.mark.parametrize("text", VALUES)
def test_value_on_one_line_means_the_same(text: str) -> None:
    found = value(text)
    for before in ("k: ", "k:\n- ", "k:\n  l:\n    m: "):
        if found is not ODD:
            reader = Reader(f"{before}{text}\nz: 1\n", "x")
            assert reader.problems == []
            assert typed(found) in (typed(reader.data["k"]), *(typed(inner) for inner in _inner(reader.data["k"])))
        same(f"first: 1\n{before}{text}\nz: 1\n")


def _inner(data: Any) -> list[Any]:
    return (
        [data[0]]
        if isinstance(data, list) and data
        else [data["l"]["m"]]
        if isinstance(data, dict) and "l" in data
        else []
    )


def test_usual_values_are_taken_at_once() -> None:
    for text in (
        "no",
        "0777",
        "10G",
        "'1'  # one",
        '"2001:db8::1"',
        "!secret a/b",
        "[a, b]",
        "{hash: !secret a}",
        "{}",
    ):
        assert value(text) is not ODD


def test_usual_style_is_read_by_its_lines() -> None:
    assert same(ACCOUNTS)
    assert same(f"---\n{ACCOUNTS}")
    assert same(f"# first\n\n{ACCOUNTS}".replace("\n", "\r\n"))


@pytest.mark.parametrize(
    "line",
    [
        *("  zoe: {name: [a,\n    b]}", '  "zoe": {name: a}', "  zoe:\n    name: |\n      a: b\n    # c\n    quota: 1"),
        *(
            "  zoe:\n    name: 'a\n      b'",
            "  zoe:\n    name: a\n      b",
            "  zoe: &a b",
            "  zoe: *a",
            "  zoe: !foo b",
        ),
        *(
            "  zoe: [",
            "  zoe: 'a",
            "\tzoe: a",
            "   zoe: a",
            " zoe: a",
            "zoe",
            "- zoe",
            "  - zoe",
            "? zoe\n: a",
            "---\na: b",
        ),
        *(
            "  alice: 1",
            "accounts: {a: b}",
            "  zoe:\n    a: 1\n    a: 2",
            "  zoe:\n  - a\n  - b: c",
            "...",
            "%YAML 1.2",
            "  zoe: {",
        ),
    ],
)
def test_unusual_entry_is_read_by_the_other_reader(line: str) -> None:
    head, middle = ACCOUNTS.partition("  bob:\n")[::2]
    same(f"{head}{line}\n  bob:\n{middle}")
    same(f"{ACCOUNTS}{line}\n")


@settings(max_examples=examples(2000))
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_random_pieces_mean_the_same(text: str) -> None:
    same(text)
    same(f"first: 1\n{text}")


@settings(max_examples=examples(2000))
@given(
    st.lists(
        st.tuples(st.integers(0, len(ACCOUNTS)), st.integers(0, 9), st.sampled_from(PIECES)), min_size=1, max_size=3
    )
)
def test_mangled_spec_means_the_same(edits: list[tuple[int, int, str]]) -> None:
    text = ACCOUNTS
    for start, length, piece in edits:
        text = text[:start] + piece + text[start + length :]
    same(text)


TREES = st.recursive(
    st.sampled_from([text for text in VALUES if text.strip()]) | st.text(st.characters(codec="utf-8"), max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["a", "b", "c-d", "e f"]), inner, max_size=3)
    ),
    max_leaves=8,
)


def written(data: Any, indent: str = "") -> str:
    """The tree in block style, its leaves as they are."""
    if isinstance(data, dict) and data:
        return "".join(f"\n{indent}{key}: {written(inner, indent + '  ')}" for key, inner in data.items())
    if isinstance(data, list) and data:
        return "".join(f"\n{indent}- {written(inner, indent + '  ')}" for inner in data)
    return str(data)


@settings(max_examples=examples(1000))
@given(st.dictionaries(st.sampled_from(["accounts", "lists", "x"]), TREES, min_size=1, max_size=3))
def test_any_tree_means_the_same(data: dict[str, Any]) -> None:
    text = written(data).lstrip("\n")
    same(text)
    same(text.replace(": \n", ":\n"))


def large(**changes: str) -> str:
    """A file of which only the lines are read, unless the changes say otherwise."""
    entry = {"name": "Person", "quota": "10G", **changes}
    lines = "".join(f"    {key}: {text}\n" for key, text in entry.items())
    count = LARGE // len(lines) + 1
    return "accounts:\n" + "".join(f"  person{number}:\n{lines}" for number in range(count))


@pytest.mark.parametrize("changes", [{}, {"name": "'quoted # text'"}, {"password": "{hash: !secret a}"}])
def test_large_file_is_read_by_its_lines(changes: dict[str, str]) -> None:
    text = large(**changes)
    assert isinstance(read(text, "x"), Lines)
    assert read(text, "x").data == Reader(text, "x").data


def test_large_file_with_other_line_ends_is_read_as_well() -> None:
    text = large()
    assert isinstance(read(text.replace("\n", "\r\n"), "x"), Lines)
    assert (
        read(text.replace("\n", "\r\n"), "x").data == read(text.replace("\n", "\r"), "x").data == read(text, "x").data
    )


def test_large_file_of_unusual_entries_is_read_by_the_other_reader() -> None:
    text = large(name="a: b".replace(": ", " \\\n      "))
    assert read(text, "x").data == Reader(text, "x").data


def test_large_file_with_a_lone_carriage_return_is_left_to_the_other_reader() -> None:
    text = large(name="a\rb: c")
    assert isinstance(read(text, "x"), Reader)
