"""What each format promises: the order, marks without colour, the limit, the schema, a page that needs nothing."""

import json as data
import re
from dataclasses import replace

import jsonschema
import pytest

from mailspec.plan.show import words
from mailspec.plan.show.html import html
from mailspec.plan.show.json import json, schema
from mailspec.plan.show.markdown import LIMIT, markdown, marker
from mailspec.plan.show.text import text
from tests.examples import whole
from tests.plan_show import plans
from tests.plan_show.reader import Reader, rendered


def test_danger_stands_first_and_the_counts_last() -> None:
    lines = text(plans.everything()).splitlines()
    assert lines[0] == "Danger"
    assert lines[-1].startswith("Plan: 0 to add, 2 to change, 5 to remove. 2 dangers need a yes. Reloads rspamd on ")


def test_risk_is_a_word_where_there_is_no_colour() -> None:
    shown = text(plans.everything())
    assert "  ~ [review] spam is refused from 20" in shown
    assert shown.count("[danger]") == 3
    assert "\x1b" not in shown


def test_text_can_leave_out_the_content_of_files() -> None:
    shown = text(plans.everything(), diff=False)
    assert "/etc/rspamd/local.d/actions.conf (+1 -1)" in shown
    assert "+reject = 20;" not in shown


def test_nothing_to_do_is_one_line() -> None:
    assert text(plans.nothing()) == "No changes: inventories/demo does what main did\n"


def test_acknowledged_danger_shows_its_reason_and_needs_no_yes() -> None:
    found = plans.everything()
    for show in (text, markdown, html, json):
        assert "the lists move to another provider" in show(found)
    assert [statement.key for statement in found.dangers] == [s.key for s in found.statements[:2]]


@pytest.mark.parametrize("limit", [5_000, whole(20_000), whole(LIMIT)])
def test_comment_keeps_to_its_limit_and_counts_what_it_leaves_out(limit: int) -> None:
    plan = plans.mass(2_000)
    shown = markdown(plan, limit)
    assert len(shown) <= limit
    cut = re.search(r"\*\*Not everything is here\*\*: a comment holds [0-9,]+ characters\. Left out: (.*);", shown)
    assert cut
    told = {
        noun: int(count.replace(",", ""))
        for count, noun in re.findall(r"([0-9,]+) ([a-zA-Z ]+?)(?:, | and |$)", cut[1])
    }
    left = sum(told.get(noun, 0) for noun in ("dangers", "statements to review", "safe statements"))
    assert len(re.findall(r"^ *- \*\*−\*\* ", shown, re.MULTILINE)) + left == len(plan.statements)  # noqa: RUF001
    assert told["DNS records"] + shown.count(" IN TXT ") == len(plan.records)
    assert rendered(shown).tags >= {"h3", "strong"}


def test_comment_leaves_out_the_least_important_first() -> None:
    shown = markdown(plans.mass(600), 30_000)
    assert shown.count("` is removed") == 300
    assert "the account person001@example.org is removed" in shown.replace("`", "")
    assert "mail to everybody misses" not in shown


def test_difference_that_is_too_long_leaves_its_name() -> None:
    plan = replace(plans.mass(600), statements=(), records=())
    assert markdown(plan).count("<details><summary>~ <code>rows/") == 2
    left = re.findall(r"^- \*\*~\*\* <code>(.*)</code> .*: too long to show here$", markdown(plan, 5_000), re.MULTILINE)
    assert left == ["rows/account", "rows/route"]


def test_comment_is_found_again_by_its_first_line() -> None:
    first = markdown(plans.everything()).splitlines()[0]
    assert first == markdown(plans.nothing()).splitlines()[0] == marker(plans.nothing())
    assert first == "<!-- mailspec plan inventories/demo -->"


def test_marker_of_any_name_is_one_comment() -> None:
    found = rendered(markdown(plans.hostile()))
    assert len(found.comments) == 1
    assert found.comments[0].startswith(" mailspec plan ")


@pytest.mark.parametrize(
    "make", [plans.alias, plans.everything, plans.hostile, plans.nothing], ids=lambda m: m.__name__
)
def test_json_fits_its_schema(make: object) -> None:
    assert callable(make)
    found = data.loads(json(make()))
    jsonschema.Draft202012Validator.check_schema(schema())
    jsonschema.validate(found, schema())
    assert found["counts"]["unacknowledged"] == len(make().dangers)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(found | {"more": 1}, schema())


def test_every_key_of_the_schema_is_described() -> None:
    found = schema()
    for part in (found, *found["$defs"].values()):
        assert part["description"]
        assert [
            k for k, f in part["properties"].items() if "description" not in f and "$ref" not in data.dumps(f)
        ] == []


def test_page_needs_nothing_from_elsewhere() -> None:
    page = html(plans.everything())
    assert not re.search(r"<(script|link|img|iframe|object|embed)|@import|url\(|src=|href=", page)
    assert "default-src 'none'" in page
    assert "prefers-color-scheme: dark" in page
    assert "@media print" in page


def test_page_can_be_read_without_seeing_it() -> None:
    page = html(plans.everything())
    assert '<html lang="en">' in page
    assert page.count('role="img" aria-labelledby=') == page.count("<svg") == 2
    assert "The way of mail before the change" in page
    assert "ends: " in Reader(page).text


def test_last_line_is_the_same_in_every_format() -> None:
    plan = plans.everything()
    line = words.closing(plan)
    assert text(plan).rstrip("\n").endswith(line)
    assert rendered(markdown(plan)).text.rstrip().endswith(line)
    assert Reader(html(plan)).text.rstrip().endswith(line)
    assert data.loads(json(plan))["closing"] == line
