"""Strings that no target can misread."""

import pytest
from pydantic_core import PydanticCustomError

from mailspec.model.text import domain_name, local_part, mailbox_name, sender_pattern
from tests.refusals import alice, refused


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Example.ORG", "example.org"),
        ("bücher.example", "xn--bcher-kva.example"),
        ("BÜCHER.example", "xn--bcher-kva.example"),
        ("bu\u0308cher.example", "xn--bcher-kva.example"),
        ("_dmarc.example.org", "_dmarc.example.org"),
    ],
)
def test_domain_has_one_form(text: str, name: str) -> None:
    assert domain_name(text) == name


@pytest.mark.parametrize(
    "text", ["", "localhost", "example.org.", ".org", "a..b", "-a.b", "a-.b", "a b.c", "a/b.c", "..", "a.b\n", "a\0.b",
             "*.b", "a" * 64 + ".b", "a.b;id", "$x.b", "{{a}}.b", "a\u202e.b", "a\u200b.b", "xn--a.\ud800"],
)  # fmt: skip
def test_what_is_no_domain_is_refused(text: str) -> None:
    with pytest.raises(PydanticCustomError):
        domain_name(text)


@pytest.mark.parametrize("text", ["alice", "Alice.Martin", "a-b_c", "0", "a" * 64])
def test_local_part_is_plain(text: str) -> None:
    assert local_part(text) == text.lower()


@pytest.mark.parametrize(
    "text",
    ["", ".a", "a.", "a..b", "-a", "_a", "a b", "a+b", "a%b", "a!b", "a/b", "|a", '"a"', "a\nb", "a\0", "ä", "a" * 65],
)
def test_other_local_parts_are_refused(text: str) -> None:
    with pytest.raises(PydanticCustomError):
        local_part(text)


def test_mailbox_name_is_short_or_full() -> None:
    assert mailbox_name("Info") == "info"
    assert mailbox_name("Info@Example.NET") == "info@example.net"


@pytest.mark.parametrize("text", ["@example.org", "a@", "a@b@example.org", "a@localhost", '"a@b"@example.org'])
def test_other_addresses_are_refused(text: str) -> None:
    with pytest.raises(PydanticCustomError):
        mailbox_name(text)


def test_sender_pattern_is_an_address_or_a_domain() -> None:
    assert sender_pattern("Example.org") == "example.org"
    assert sender_pattern("A@Example.org") == "a@example.org"


@pytest.mark.parametrize(
    "name", ["", " ", " a", "a\n", "a\tb", "a\rb", "a\0b", "a\u2028b", "\u202ea", "a\u200bb", "\ud800", "${x}", "$a",
             "{{a}}", "{% a %}", "{# a #}", "%{a}", "|a", ":include:a", "!a", "-a", "#a", "a" * 201],
)  # fmt: skip
def test_text_for_people_is_one_harmless_line(name: str) -> None:
    assert len(refused(accounts=alice(name=name))) == 1


@pytest.mark.parametrize(
    "name", ["O'Brien", 'Jo "J" Doe', "a: b", "a # b", "100 %", "a\\b", "../x", "<b>", "Doe, Jo", "`id`"]
)
def test_text_may_hold_what_targets_must_quote(name: str) -> None:
    assert refused(accounts=alice(name=name)) == []
