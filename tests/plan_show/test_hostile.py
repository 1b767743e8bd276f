"""Names that try to be markup, links, mentions or escape sequences are read as they stand."""

import re
from xml.etree import ElementTree

import pytest

from mailspec.plan.show.html import html
from mailspec.plan.show.json import json
from mailspec.plan.show.literal import prose, prose_html
from mailspec.plan.show.markdown import markdown
from mailspec.plan.show.text import text
from tests.plan_show import plans
from tests.plan_show.reader import Reader, rendered

MARKDOWN = {"br", "code", "details", "h3", "h4", "li", "p", "pre", "strong", "summary", "ul"}
HTML = MARKDOWN | {
    *("b", "body", "del", "div", "figcaption", "figure", "g", "h1", "h2", "head", "html", "input", "ins", "label"),
    *("meta", "path", "rect", "section", "span", "style", "svg", "text", "title"),
}


def letters(shown: str) -> str:
    """The text without blanks, which may stand elsewhere."""
    return re.sub(r"\s", "", shown)


def test_markdown_holds_no_element_and_no_link_of_a_name() -> None:
    shown = rendered(markdown(plans.hostile()))
    assert shown.tags <= MARKDOWN
    assert shown.attributes <= {"class"}
    assert len(shown.comments) == 1
    assert letters(" ".join(plans.HOSTILE)) in letters(shown.text)


def test_page_holds_no_element_and_no_attribute_of_a_name() -> None:
    shown = Reader(html(plans.hostile()))
    assert shown.tags <= HTML
    assert not [name for name in shown.attributes if name.startswith("on") or name in {"href", "src", "action"}]
    assert shown.comments == []
    assert letters(" ".join(plans.HOSTILE)) in letters(shown.text)


@pytest.mark.parametrize("name", plans.HOSTILE)
def test_name_in_a_sentence_stays_what_it_is(name: str) -> None:
    sentence = f"bob may send as {name}, and so on"
    shown = rendered(prose(sentence))
    assert shown.tags <= {"p", "code"}
    assert letters(shown.text) == letters(sentence)
    page = Reader(prose_html(sentence))
    assert (page.tags <= {"code"}, page.text) == (True, sentence)


@pytest.mark.parametrize(
    "word", ["@everyone", "#12", "GH-12", "gh-12,", "0123456", "(deadbeef)", "https://a.example", "www.a.example"]
)
def test_what_a_forge_makes_a_link_of_is_code(word: str) -> None:
    assert f"`{word.strip('(),')}`" in prose(f"see {word} there")


@pytest.mark.parametrize("show", [html, json, markdown, text], ids=lambda show: show.__name__)
def test_no_format_holds_a_character_that_is_obeyed(show: object) -> None:
    assert callable(show)
    shown = show(plans.hostile())
    assert not [character for character in shown if not character.isprintable() and character not in "\n\t"]
    assert "\\u202e" in shown
    assert "\\x1b[31m" in shown.replace("\\u001b", "\\x1b")


def test_colour_is_the_only_escape_sequence_in_a_terminal() -> None:
    shown = text(plans.hostile(), colour=True)
    assert set(re.findall(r"\x1b[^m]*m", shown)) <= {
        f"\x1b[{code}m" for code in ("0", "1", "1;31", "31", "32", "33", "36")
    }
    assert re.sub(r"\x1b\[[0-9;]*m", "", shown) == text(plans.hostile())


def test_pictures_of_a_page_are_well_formed() -> None:
    page = html(plans.hostile())
    drawn = re.findall(r"<svg.*?</svg>", page, re.DOTALL)
    assert len(drawn) == 2
    assert all(ElementTree.fromstring(svg) is not None for svg in drawn)  # noqa: S314 - our own
