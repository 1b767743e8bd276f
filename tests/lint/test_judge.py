"""What lint makes of all rules: findings with a place, silences with a reason, the same each time."""

import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from mailspec.init import Answers, init
from mailspec.lint import Level, View, judge, report, rules
from mailspec.load import Source
from mailspec.model.domain import MailDomain
from mailspec.model.secret import Secret
from tests.examples import examples
from tests.lint.specs import BAD, source, specs, yaml
from tests.specs import account, build

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def found(**changes: Any) -> list[str]:
    return [f"{f.place} {f.level.word} {f.key}" for f in report(source(Path(), **changes)).findings]


def test_findings_stand_in_the_order_of_the_files() -> None:
    assert found() == [
        "mail.yml:3:36 warning dmarc-none:example.org",
        "mail.yml:4:31 info no-ipv6:mx1.example.org",
        "mail.yml:6:9 error empty-list:sales@example.org",
    ]


def test_rule_is_silenced_with_its_reason() -> None:
    made = report(source(Path(), lint={"silence": {"no-ipv6": "our provider has none"}}))
    assert [finding.rule for finding in made.findings] == ["dmarc-none", "empty-list"]
    assert [(finding.key, reason) for finding, reason in made.silenced] == [
        ("no-ipv6:mx1.example.org", "our provider has none")
    ]


@pytest.mark.parametrize("subject", ["sales", "sales@example.org"])
def test_one_finding_of_a_rule_is_silenced(subject: str) -> None:
    lists = {**BAD["lists"], "help": {"members": ["dave"], "post": "anyone"}}
    made = found(lists=lists, lint={"silence": {f"empty-list:{subject}": "until March"}})
    assert [line for line in made if "empty-list" in line] == ["mail.yml:6:59 error empty-list:help@example.org"]


def test_silence_that_hides_nothing_is_a_finding() -> None:
    made = report(source(Path(), lint={"silence": {"empty-lists": "x", "no-ipv4": "x", "empty-list:help": "x"}}))
    facts = {f.subject: (f.fact, f.hint) for f in made.findings if f.rule == "unused-silence"}
    assert facts == {
        "empty-lists": ("there is no rule `empty-lists`", "write `empty-list`"),
        "no-ipv4": ("`no-ipv4` finds nothing that could be silenced", "remove the entry: the reason for it is gone"),
        "empty-list:help": (
            "`empty-list` finds nothing about `help` that could be silenced",
            "remove the entry: the reason for it is gone",
        ),
    }


def test_what_a_spec_gets_wrong_is_reported_the_same_way() -> None:
    assert found(postmaster="nobody") == ["mail.yml:2:13 error no-postmaster:mail.yml:2:13"]


def test_worst_finding_and_the_count_are_told() -> None:
    made = report(source(Path()))
    assert (made.worst, made.count()) == (Level.ERROR, "1 error, 1 warning, 1 info")
    assert made.above(Level.WARNING).count() == "1 error, 1 warning"
    assert report(source(Path(), domains={"example.org": {}}, lists={})).above(Level.WARNING).count() == "no findings"


@pytest.mark.parametrize("example", ["demo", "office"])
def test_examples_have_no_findings(example: str) -> None:
    made = report(Source(ROOT / "inventories" / example))
    assert made.findings == ()


def test_spec_of_init_has_no_findings() -> None:
    init(Path("first"), Answers("example.org", "mx1.example.org", "alice", ("198.51.100.25", "2001:db8::25"), "secret"))
    made = report(Source(Path("first")))
    assert (made.findings, made.silenced) == ((), ())


@settings(max_examples=examples(40))
@given(spec=specs())
def test_no_spec_breaks_a_rule_and_answers_repeat(spec: MailDomain) -> None:
    said = judge(spec)
    again = judge(MailDomain.model_validate(spec))
    assert [(rule.id, advice) for rule, advice, _ in said] == [(rule.id, advice) for rule, advice, _ in again]
    assert all(advice.subject and advice.fact and advice.hint for _, advice, _ in said)


@settings(max_examples=examples(40), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(spec=specs(), all_silent=st.booleans())
def test_findings_are_sorted_and_have_places_in_the_files(spec: MailDomain, all_silent: bool) -> None:
    data = _plain(spec)
    if all_silent:
        data["lint"] = {"silence": dict.fromkeys(rules(), "meant")}
    text = yaml(data)
    Path("mail.yml").write_text(text, encoding="utf-8")
    made = report(Source(Path()))
    lines = text.splitlines()
    assert list(made.findings) == sorted(made.findings)
    for finding in (*made.findings, *(finding for finding, _ in made.silenced)):
        assert finding.place.file == "mail.yml"
        assert 1 <= finding.place.line <= len(lines)
        assert 1 <= finding.place.column <= len(lines[finding.place.line - 1])
    assert {finding.rule for finding in made.findings} <= {"unused-silence"} or not all_silent


def _plain(value: Any) -> Any:
    """Data of the model as the spec writes it."""
    if isinstance(value, BaseModel):
        fields = type(value).model_fields
        return {fields[name].alias or name: _plain(getattr(value, name)) for name in sorted(value.model_fields_set)}
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, tuple | frozenset):
        return [_plain(inner) for inner in value]
    return value if isinstance(value, bool | int | Secret) or value is None else str(value)


@pytest.mark.whole
def test_time_grows_with_the_spec_and_no_faster() -> None:
    def seconds(number: int) -> float:
        names = [f"user{index}" for index in range(number)]
        accounts = {name: account(name, name=name, aliases=[f"x.{name}"]) for name in ["alice", *names]}
        lists = {f"list{n}": {"members": ["alice", *names[n : n + 50]]} for n in range(0, number, 50)}
        everybody = {"members": [*lists], "post": "domain"}
        spec = build({"accounts": accounts, "lists": {**lists, **{f"all{n}": everybody for n in range(20)}}})
        best = []
        for _ in range(3):
            start = time.process_time()
            judge(spec)
            best.append(time.process_time() - start)
        return min(best)

    assert seconds(8000) < 20 * seconds(1000)


def test_view_knows_who_owns_an_address() -> None:
    view = View(build({"accounts": {"alice": account("alice", aliases=["info"])}}))
    assert (view.owner("info"), view.owner("postmaster"), view.owner("nobody")) == (("accounts", "alice"), None, None)
