"""The picture shows what changes, and counts what it does not show."""

import re
from typing import Any

import pytest
from hypothesis import given

from mailspec.model.domain import MailDomain
from mailspec.plan.show.changes import GONE, NEW, SAME, Changes, changes, folded
from mailspec.plan.show.flow import ADDRESS, END, flow
from mailspec.plan.show.layout import Layout, Spot, layout
from mailspec.plan.show.picture import picture
from tests.plan_show.plans import mass, people
from tests.specs import account, build, full
from tests.strategies import specs


def whole(before: MailDomain, after: MailDomain) -> Changes:
    return changes(flow(before), flow(after))


def shown(found: Changes, side: str = "after") -> str:
    """The words of a picture."""
    return " ".join(re.findall(r">([^<>\n]+)<", picture(found, layout(found), side, "picture")))


def test_mail_goes_from_the_world_by_port_and_domain_to_a_mailbox() -> None:
    arrows = flow(full()).arrows
    assert {
        ("from:world", "server:mx1.example.org#port25"),
        ("server:mx1.example.org", "domain:example.org"),
        ("domain:example.org", "list:staff@example.org"),
        ("list:staff@example.org", "mailbox:alice@example.org"),
        ("list:everyone@example.org", "list:staff@example.org"),
        ("list:everyone@example.org", "outside:friend@example.com"),
        ("own:example.org:alice@example.org", "mailbox:alice@example.org"),
        ("own:shop.example:alice@example.org", "mailbox:alice@example.org"),
        ("own:example.org:carol@example.org", "refused"),
        ("other:shop.example", "mailbox:bob@example.org"),
        ("other:example.org", "refused"),
    } <= arrows


def test_equal_specs_have_no_mark() -> None:
    found = whole(full(), full())
    assert not found.any
    assert set(found.arrows.values()) == {SAME}


def test_new_alias_is_a_line_in_the_box_of_its_account() -> None:
    before = build({"accounts": {"alice": account("alice")}})
    after = build({"accounts": {"alice": account("alice", aliases=["sales"])}})
    line = whole(before, after).boxes["own:example.org:alice@example.org"].lines["sales"]
    assert (line.mark, line.before, line.after) == (NEW, "", "sales")


def test_spam_threshold_stands_in_both_pictures() -> None:
    found = whole(full(), full(spam={"reject": 20}))
    assert "and refused from 15" in shown(found, "before")
    assert "and refused from 20" in shown(found, "after")


def grown(count: int, extra: dict[str, Any]) -> MailDomain:
    names = list(people(count))
    return build({"accounts": {**people(count), **extra}, "lists": {"everybody": {"members": names}}})


@pytest.mark.parametrize("count", [40, 300])
def test_what_does_not_change_is_one_box_with_its_number(count: int) -> None:
    found = folded(whole(grown(count, {}), grown(count, {"zoe": account("zoe", aliases=["sales"])})))
    assert found.boxes["mailbox:zoe@example.org"].mark == NEW
    assert f"{count} other accounts" in shown(found)
    assert f"{count} other mailboxes" in shown(found)
    assert len(found.boxes) < 20


def test_few_accounts_are_all_shown() -> None:
    found = folded(whole(grown(10, {}), grown(10, {"zoe": account("zoe")})))
    assert not [key for key in found.boxes if key.startswith("fold:")]


def test_every_box_of_a_mass_change_is_shown_or_counted() -> None:
    plan = mass(300)
    all_, found = whole(plan.before, plan.after), folded(whole(plan.before, plan.after))
    for column in (ADDRESS, END):
        here = [mark for mark in found.boxes.values() if mark.box.column == column]
        counted = [int(mark.box.title.split()[0].replace(",", "")) for mark in here if mark.box.kind == "fold"]
        assert sum(counted) + len(here) - len(counted) == sum(m.box.column == column for m in all_.boxes.values())
    assert any(mark.mark == GONE and mark.box.kind == "fold" for mark in found.boxes.values())


def boxes_apart(found: Layout) -> bool:
    def apart(one: Spot, two: Spot) -> bool:
        return one.x != two.x or one.y + one.height <= two.y or two.y + two.height <= one.y

    spots = list(found.spots.values())
    return all(apart(one, two) for index, one in enumerate(spots) for two in spots[index + 1 :])


@given(specs(), specs())
def test_no_box_stands_on_another_and_none_outside(before: MailDomain, after: MailDomain) -> None:
    found = folded(whole(before, after))
    places = layout(found)
    assert boxes_apart(places)
    assert all(
        s.x >= 0 and s.x + s.width <= places.width and s.y + s.height <= places.height for s in places.spots.values()
    )
    assert {end.partition("#")[0] for arrow in found.arrows for end in arrow} <= found.boxes.keys()


@given(specs())
def test_picture_of_a_spec_beside_itself_has_no_mark(spec: MailDomain) -> None:
    found = folded(whole(spec, spec))
    drawn = picture(found, layout(found), "after", "picture")
    assert not re.search(r'class="[^"]*\b(new|gone|changed|ghost)\b', drawn)


def test_alias_of_several_is_a_box_with_an_arrow_to_each_target() -> None:
    aliases = {"orders": {"to": ["bob", "friend@example.com"]}, "help": {"to": ["orders"]}, "old": {"to": ["carol"]}}
    found = flow(full(aliases=aliases))
    assert found.boxes["list:orders@example.org"].lines["list"].text == "alias of 2"
    assert {
        ("list:orders@example.org", "mailbox:bob@example.org"),
        ("list:orders@example.org", "outside:friend@example.com"),
        ("list:help@example.org", "list:orders@example.org"),
        ("list:old@example.org", "refused"),
    } <= found.arrows
