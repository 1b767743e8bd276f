"""Every rule, from its page: it finds the example and is silent about the fix."""

import ast
import re
from pathlib import Path
from typing import Any

import pytest

from mailspec.lint import Level, judge, rules
from mailspec.model.domain import MailDomain
from tests.lint.pages import SECTIONS, Page

PAGES = [Page(rule) for rule in rules().values()]
IDS = list(rules())


def said(page: Page, section: str) -> list[str]:
    found = judge(page.spec(section), page.schemes, page.day)
    return [advice.fact for rule, advice, _ in found if rule is page.rule]


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_rule_finds_the_example_of_its_page(page: Page) -> None:
    assert said(page, "Example")


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_rule_is_silent_about_the_fix(page: Page) -> None:
    assert said(page, "Fix") == []


@pytest.mark.parametrize("page", [page for page in PAGES if not page.rule.last], ids=lambda page: page.rule.id)
def test_each_finding_can_be_silenced_by_its_subject(page: Page) -> None:
    own = {f"{rule.id}:{advice.subject}" for rule, advice, _ in judge(page.spec("Example"), page.schemes, page.day)}
    silent = {**page.data("Example"), "lint": {"silence": dict.fromkeys(own, "meant")}}
    assert [
        advice for _, advice, reason in judge(MailDomain.model_validate(silent), page.schemes, page.day) if not reason
    ] == []


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_finding_points_into_the_spec(page: Page) -> None:
    for rule, advice, _ in judge(page.spec("Example"), page.schemes, page.day):
        here: Any = page.data("Example")
        for step in advice.path[:-1]:
            here = here[step]
        is_there = advice.path[-1] in here if isinstance(here, dict) else len(here) > int(advice.path[-1])
        assert is_there or rule is not page.rule, advice.path


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_page_has_its_sections_and_no_more(page: Page) -> None:
    assert tuple(page.sections) == SECTIONS
    assert all(len(line) <= 125 for line in page.rule.text().splitlines() if "public:" not in line)


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_words_are_in_the_style_of_the_house(page: Page) -> None:
    assert re.fullmatch(r"[A-Z][^`]*[^.]", page.rule.title)
    for _, advice, _ in judge(page.spec("Example"), page.schemes, page.day):
        for text in (advice.fact, advice.hint):
            assert not text.endswith("."), text
            assert text[0] == "`" or text[0].islower() or text[:3].isupper(), text
            assert text.count("`") % 2 == 0, text


def test_every_page_belongs_to_a_rule() -> None:
    folder = Path(next(iter(rules().values())).page).parent
    assert {path.name for path in folder.glob("*.md")} == {f"{id_}.md" for id_ in rules()}


def test_rules_read_no_files_and_no_clock() -> None:
    for rule in rules().values():
        source = Path(str(rule.page.parent / f"{rule.id.replace('-', '_')}.py")).read_text()
        names = {node.id for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name)}
        assert not names & {"Path", "open", "datetime", "time", "random"}, rule.id


def test_there_are_rules_of_every_level() -> None:
    assert {rule.level for rule in rules().values()} == set(Level)
    assert len(rules()) >= 45
