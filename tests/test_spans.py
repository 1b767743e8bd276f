"""The days on which addresses are refused."""

from datetime import date

from mailspec.routing import routes
from mailspec.spans import closed
from tests.specs import account, build


def test_address_is_refused_on_the_days_on_which_no_way_leads_on() -> None:
    accounts = {
        "alice": account("alice"),
        "bob": account("bob", until="2026-03-31"),
        "carol": account("carol", **{"from": "2026-06-01", "until": "2026-08-31"}),
    }
    lists = {"team": {"members": ["bob", "desk"]}, "all": {"members": ["team", "alice"]}}
    aliases = {"desk": {"to": ["carol"], "from": "2026-07-01"}}
    spec = build({"accounts": accounts, "lists": lists, "aliases": aliases})
    found: dict[str, list[tuple[date, date]]] = {}
    for address, span in closed(spec, routes(spec)):
        found.setdefault(address.partition("@")[0], []).append(span)
    july, september = date(2026, 7, 1), date(2026, 9, 1)
    assert found == {
        "bob": [(date(2026, 4, 1), date.max)],
        "carol": [(date.min, date(2026, 5, 31)), (september, date.max)],
        "desk": [(date.min, date(2026, 6, 30)), (september, date.max)],
        "team": [(date(2026, 4, 1), date(2026, 6, 30)), (september, date.max)],
    }
    assert july not in {day for span in found["team"] for day in span}


def test_days_that_follow_one_another_leave_no_gap() -> None:
    accounts = {
        "alice": account("alice"),
        "bob": account("bob", until="2026-03-31"),
        "carol": account("carol", **{"from": "2026-04-01"}),
    }
    spec = build({"accounts": accounts, "lists": {"team": {"members": ["bob", "carol"]}}})
    assert "team@example.org" not in dict(closed(spec, routes(spec)))


def test_account_of_any_name_is_refused_and_no_pattern_is() -> None:
    accounts = {"alice": account("alice"), "patterns": account("patterns", state="archived", aliases=["former"])}
    spec = build({"accounts": accounts, "aliases": {"desk": {"to": ["patterns"], "patterns": ["desk-*"]}}})
    refused = {address.partition("@")[0] for address, _ in closed(spec, routes(spec))}
    assert refused == {"desk", "former", "patterns"}
