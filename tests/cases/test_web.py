"""The web service as cases."""

from typing import Any

from mailspec.cases.exchanges import Crowd, OneClick, Page
from mailspec.model.domain import MailDomain
from mailspec.mta_sts import policy

from ..specs import FULL, full
from .pick import ids, pick

SERVER = "mx1.example.org"


def spec(**entry: Any) -> MailDomain:
    servers = {SERVER: {**FULL["servers"][SERVER], "web": "lists.example.org"}}
    list_ = {"kind": "discussion", "members": ["alice", "bob"], "membership": "both", "subscription": "open", **entry}
    return full(servers=servers, lists={"chess": list_})


def test_without_a_name_nothing_is_asked() -> None:
    assert ids(full(), "web/") == []
    assert not [name for name in ids(full(), "tls/") if "443" in name]


def test_whoever_joins_leaves_by_one_click() -> None:
    found = [name for name in ids(spec(), "web/") if name.endswith("/one-click")]
    case = pick(spec(), found[0], OneClick)
    assert (case.list, case.poster, case.poster_stays) == ("chess@example.org", "bob@example.org", True)
    assert case.login == "dave@shop.example"


def test_nobody_leaves_whose_mail_is_counted_by_another_case() -> None:
    found = [name for name in ids(spec(members=["alice"]), "web/") if name.endswith("/one-click")]
    assert found == []


def test_list_that_nobody_joins_by_mail_is_not_left_in_a_test() -> None:
    for entry in ({"subscription": "closed"}, {"membership": "spec", "subscription": "closed"}):
        assert not [name for name in ids(spec(**entry), "web/") if name.endswith("/one-click")]


def test_strangers_find_nothing_and_a_crowd_stops_nobody() -> None:
    pages = [pick(spec(), name, Page) for name in ids(spec(), "web/lists.example.org/") if "crowd" not in name]
    assert len(pages) == 4
    assert {page.status for page in pages} == {404}
    assert pick(spec(), "web/lists.example.org/crowd", Crowd).clients == 300


def test_port_443_speaks_tls_and_takes_no_login() -> None:
    assert len(ids(spec(), "tls/443/")) == 4
    assert ids(spec(), "plain-text/443") == []


def test_policy_of_the_spec_is_what_others_read() -> None:
    domains = {**FULL["domains"], "example.org": {"mta_sts": {"mode": "testing", "web": "lists.example.org"}}}
    model = full(servers={SERVER: {**FULL["servers"][SERVER], "web": "lists.example.org"}}, domains=domains)
    case = pick(model, "web/mta-sts.example.org/.well-known/mta-sts.txt", Page)
    assert (case.status, case.text) == (200, policy(model, "example.org"))
    assert pick(model, "web/mta-sts.example.org/", Page).status == 404
