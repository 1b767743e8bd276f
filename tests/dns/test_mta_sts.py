"""Policies of MTA-STS, and the records that tell of them."""

import re
from typing import Any

from hypothesis import given

from mailspec.dns.mta_sts import records
from mailspec.model.domain import MailDomain
from mailspec.mta_sts import policies, policy, served
from tests.plan.strategies import wholes
from tests.specs import build

_RECORD = re.compile(r'"v=STSv1; id=([A-Za-z0-9]{1,32});"')


def _spec(**more: Any) -> MailDomain:
    return build({"domains": {"example.org": {"mta_sts": {"mode": "enforce", **more}}}})


def _id(spec: MailDomain) -> str:
    match = _RECORD.fullmatch(next(records(spec)).values[0])
    assert match
    return match[1]


def test_domain_without_a_policy_has_no_record() -> None:
    assert list(records(build())) == []
    assert policies(build()) == {}


def test_policy_is_what_the_rfc_says() -> None:
    assert policies(_spec()) == {
        "mta-sts.example.org/.well-known/mta-sts.txt": (
            "version: STSv1\r\nmode: enforce\r\nmx: mx1.example.org\r\nmax_age: 604800\r\n"
        )
    }


def test_web_server_gets_another_name() -> None:
    (_, found) = records(_spec(web="www.example.org"))
    assert (found.name, found.type, found.values) == ("mta-sts.example.org", "CNAME", ("www.example.org.",))


def test_policy_that_our_server_publishes_is_left_to_nobody_else() -> None:
    domains = {"example.org": {"mta_sts": {"mode": "enforce", "web": "lists.example.org"}}}
    servers = {"mx1.example.org": {"addresses": ["198.51.100.25"], "web": "lists.example.org"}}
    spec = build({"domains": domains, "servers": servers})
    assert policies(spec) == {}
    assert [(found.host, found.text) for found in served(spec, "mx1.example.org")] == [
        ("mta-sts.example.org", policy(spec, "example.org"))
    ]


def test_name_of_the_web_server_is_no_part_of_the_policy() -> None:
    assert _id(_spec()) == _id(_spec(web="www.example.org"))


@given(wholes(), wholes())
def test_id_changes_with_the_policy_and_never_otherwise(one: MailDomain, other: MailDomain) -> None:
    for name in one.domains.keys() & other.domains.keys():
        ids = [
            [_RECORD.fullmatch(found.values[0]) for found in records(spec) if found.name == f"_mta-sts.{name}"]
            for spec in (one, other)
        ]
        policies = [policy(spec, name) for spec in (one, other)]
        assert [bool(found) for found in ids] == [bool(text) for text in policies]
        if all(policies):
            (first,), (second,) = ids
            assert first
            assert second
            assert (first[1] == second[1]) == (policies[0] == policies[1])
