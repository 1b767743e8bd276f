"""Patterns of addresses: what they mean, and whether two of them mean the same."""

import re
import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from mailspec.model.patterns import MOST, AddressPattern, matcher, meet, sample
from tests.specs import build

_TEXT = TypeAdapter(AddressPattern)
_words = st.lists(st.sampled_from(["a", "b", "-", ".", "?", "[ab]", "[a-c]", "[0-9]"]), min_size=1, max_size=5)
_patterns = st.builds(
    lambda head, tail, stars: "".join([*head, "*" * (stars > 0), *tail, "*" * (stars > 1)]),
    _words,
    _words,
    st.integers(0, 2),
)
_locals = st.text("ab1-.", min_size=1, max_size=8)


def _globs(pattern: str, text: str) -> bool:
    with sqlite3.connect(":memory:") as database:
        return bool(database.execute("SELECT ? GLOB ?", (text, pattern)).fetchone()[0])


@given(_patterns, _locals)
def test_sqlite_and_python_agree_on_what_a_pattern_means(pattern: str, text: str) -> None:
    assert bool(matcher(pattern).fullmatch(text)) == _globs(pattern, text)


@given(_patterns)
def test_sample_is_what_the_pattern_means(pattern: str) -> None:
    assert matcher(pattern).fullmatch(sample(pattern))


@given(_patterns, _patterns, _locals)
def test_patterns_with_a_common_address_meet(one: str, other: str, text: str) -> None:
    if matcher(one).fullmatch(text) and matcher(other).fullmatch(text):
        assert meet(one, other)


@pytest.mark.parametrize(
    ("one", "other", "common"),
    [
        ("sales-*", "*-bot", True),
        ("sales-*", "sale?-x", True),
        ("sales-*", "sales", False),
        ("sales*", "sales", True),
        ("room-[0-4]", "room-[5-9]", False),
        ("a*b*", "*c", True),
        ("a?", "a", False),
    ],
)
def test_two_patterns_are_compared_by_what_they_mean(one: str, other: str, common: bool) -> None:
    assert meet(one, other) is meet(other, one) is common


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("sales", "bad-pattern"),
        ("*", "bad-pattern"),
        ("*?", "bad-pattern"),
        ("", "bad-pattern"),
        ("sales+*", "bad-pattern"),
        ("(a|b)*", "bad-pattern"),
        ("[a-*", "bad-pattern"),
        ("[]*", "bad-pattern"),
        ("a" * 64 + "*", "bad-pattern"),
        ("a*b*c*", "slow-pattern"),
        ("sales-*@nowhere", "bad-domain"),
    ],
)
def test_what_is_no_pattern_is_refused(text: str, id_: str) -> None:
    with pytest.raises(ValidationError) as error:
        _TEXT.validate_python(text)
    assert [found["ctx"]["id"] for found in error.value.errors()] == [id_]


def test_pattern_is_compared_in_lower_case() -> None:
    assert _TEXT.validate_python("Sales-*@Example.ORG") == "sales-*@example.org"


def test_long_address_is_compared_at_once() -> None:
    assert not matcher("*a*b").fullmatch("a" * 64)
    assert isinstance(matcher("*a*b"), re.Pattern)


def test_two_aliases_may_not_mean_the_same_address() -> None:
    shared = {"sales": {"to": ["alice"], "patterns": ["sales-*"]}, "robots": {"to": ["alice"], "patterns": ["*-bot"]}}
    with pytest.raises(ValueError, match="mean the same addresses"):
        build({"aliases": shared})


def test_pattern_is_in_a_domain_of_ours() -> None:
    with pytest.raises(ValueError, match="not ours"):
        build({"aliases": {"sales": {"to": ["alice"], "patterns": ["sales-*@example.com"]}}})


def test_number_of_patterns_has_a_limit() -> None:
    with pytest.raises(ValueError, match=f"the limit is {MOST}"):
        build({"aliases": {"sales": {"to": ["alice"], "patterns": [f"s{n}-*" for n in range(MOST + 1)]}}})
