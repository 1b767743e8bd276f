"""What holds for the plan of any two specs."""

import os
import re
import subprocess
import sys
from fnmatch import fnmatchcase
from pathlib import Path

import pytest
from hypothesis import given, settings

from mailspec.model.domain import MailDomain
from mailspec.plan.compare import Side, compare, statements
from mailspec.plan.facts import facts
from mailspec.plan.statement import Plan, Statement
from mailspec.render import render
from mailspec.tree import Tree, row_line
from tests.examples import examples
from tests.plan.behaviour import Behaviour
from tests.plan.strategies import SERVER, edits, reworded, wholes
from tests.specs import complete

Pair = tuple[MailDomain, MailDomain]
NEWCOMERS = ("newcomer@example.org", "newcomer@shop.example")
"""Accounts that may come: a rule for everybody of a domain holds for them, a list of names does not."""
STRANGERS = ("friend@example.com", "list@example.edu", "new@example.com", "stranger@example.info")


def _plan(pair: Pair) -> Plan:
    return compare(Side(pair[0]), Side(pair[1]))


def _texts(tree: Tree) -> dict[str, str]:
    """What `render --out` writes of a tree."""
    rows = {f"rows/{table}": "".join(f"{row_line(row)}\n" for row in found) for table, found in tree.rows.items()}
    return {path: file.text for path, file in tree.files.items()} | rows


@settings(max_examples=examples(25))
@given(wholes())
def test_nothing_changes_against_itself(spec: MailDomain) -> None:
    plan = _plan((spec, spec))
    assert not plan.changes
    assert plan.effects == ()
    assert plan.notices == ()


@settings(max_examples=examples(30))
@given(reworded())
def test_other_words_for_the_same_are_no_change(pair: Pair) -> None:
    assert facts(pair[0]) == facts(pair[1])
    plan = _plan(pair)
    assert plan.statements == ()
    assert plan.records == ()
    assert {change.path for change in plan.files} <= {"rows/list", "rows/route"}


@settings(max_examples=examples(30))
@given(edits())
def test_whatever_differs_has_a_statement(pair: Pair) -> None:
    plan = _plan(pair)
    assert "unexplained" not in {statement.id for statement in plan.statements}
    if not plan.statements:
        assert {change.path for change in plan.files} <= {"rows/closed", "rows/list", "rows/poster", "rows/route"}
        assert plan.records == ()


def _covered(told: tuple[Statement, ...], kinds: str, *values: str) -> bool:
    """Whether a statement of some kinds, or one that an account or domain comes or goes, names all the values.

    Who names a pattern, names all that it matches.
    """
    for statement in told:
        if re.match(rf"{kinds}|account-|domain-", statement.id):
            about = {statement.subject, *re.findall(r"[][a-z0-9._*?-]+@[a-z0-9.-]+[a-z0-9]", statement.text)}
            about |= {value for value in values if value.partition("@")[2] == statement.subject}
            if all(value in about or any(fnmatchcase(value, name) for name in about) for value in values):
                return True
    return False


@settings(max_examples=examples(80))
@given(edits())
def test_every_answer_of_the_daemons_that_differs_is_told(pair: Pair) -> None:
    told = statements(*pair)
    before, after = (Behaviour(spec, SERVER) for spec in pair)
    everybody = {*before.submitters(), *after.submitters(), *STRANGERS}
    known = before.addresses() | after.addresses()
    for address in sorted(a for a in known if a[0] != "@" and not a.endswith(f"@{SERVER}")):
        old, new = before.ends(address), after.ends(address)
        for end in old ^ new:
            named = _covered(told, "mail-|standing-mail", address, end)
            assert named or (not new and _refused(told, address)), (address, end)
        for login in before.senders(address) ^ after.senders(address):
            ended = any(
                s.id in {"account-protocols", "account-removed", "account-state"} and s.subject == login for s in told
            )
            assert ended or _covered(told, "may-", address, login), (address, login)
        might, may = (answers.posters(address, everybody) for answers in (before, after))
        if not new or (not old and may == everybody):
            continue  # an address that comes, and that anyone writes to, is told as such
        for poster in (might if old else frozenset()) ^ may:
            by_name = _covered(told, "may-(not-)?post", address, poster)
            as_account = _comes_or_goes(told, poster)  # a list for every account of a domain is one for the new ones
            assert by_name or as_account or _covers_all(told, address, poster), (address, poster)
    for domain in ("example.org", "shop.example"):
        old, new = (answers.ends(f"no.such.name@{domain}") for answers in (before, after))
        assert old == new or _covered(told, "unknown-addresses", f"x@{domain}", *(old ^ new))
    for login, _ in before.logins().items() ^ after.logins().items():
        assert any(statement.subject == login for statement in told), login
    for row in before.apps() ^ after.apps():
        assert any(statement.subject in {row[0], f"{row[0]}/{row[1]}"} for statement in told), row
    for address, login in before.behalf() ^ after.behalf():
        assert _covered(told, "behalf", address, login) or _comes_or_goes(told, login), (address, login)
    for mailbox, login, _ in before.opened() ^ after.opened():
        comes = _comes_or_goes(told, login) or _comes_or_goes(told, mailbox)
        assert comes or _covered(told, "shared", mailbox, login), (mailbox, login)
    for login, _ in before.sending().items() ^ after.sending().items():
        assert {f"sending:{login}", "sending:all"} & {s.key for s in told} or _comes_or_goes(told, login), login
    for login, _ in before.answers().items() ^ after.answers().items():
        assert any(statement.key == f"vacation:{login}" for statement in told), login


def _refused(told: tuple[Statement, ...], address: str) -> bool:
    """Whether a statement says that no mail to an address is taken, wherever it went to so far."""
    about = [re.findall(r"mail to ([^ ,]+(?:(?:, | and )[^ ,]+)*) is refused", statement.text) for statement in told]
    return any(address in re.split(r", | and ", names) for found in about for names in found)


def _comes_or_goes(told: tuple[Statement, ...], login: str) -> bool:
    return any(statement.id.startswith("account-") and statement.subject == login for statement in told)


def _covers_all(told: tuple[Statement, ...], address: str, poster: str) -> bool:
    """Whether a statement is about everybody who may post to a list, or everybody of a domain."""
    about = [statement.text for statement in told if statement.id.startswith("may-") and address in statement.text]
    everybody = rf"anyone|only |accounts of [a-z., ]*{re.escape(poster.partition('@')[2])}"
    return any(re.search(everybody, text) for text in about)


@settings(max_examples=examples(80))
@given(edits())
def test_equal_answers_of_the_daemons_are_no_statement_about_mail(pair: Pair) -> None:
    before, after = (Behaviour(spec, SERVER) for spec in pair)
    everybody = {*before.submitters(), *after.submitters(), *NEWCOMERS, *STRANGERS}
    for statement in statements(*pair):
        address = statement.subject
        if statement.id in {"mail-reaches", "mail-refused", "mail-no-longer-reaches"}:
            assert before.ends(address) != after.ends(address), statement
        elif statement.id in {"may-post", "may-not-post"}:
            old, new = (answers.posters(address, everybody) for answers in (before, after))
            assert old != new or not before.ends(address), statement
        elif statement.id in {"may-send-as", "may-not-send-as"} and "@" in address:
            assert before.senders(address) != after.senders(address), statement


@settings(max_examples=examples(30))
@given(edits())
def test_plan_shows_exactly_what_render_gives(pair: Pair) -> None:
    whole = (complete(pair[0]), complete(pair[1]))
    old, new = (_texts(render(spec, SERVER)) for spec in whole)
    plan = _plan(whole)
    assert {change.path for change in plan.files} == {p for p in old.keys() | new.keys() if old.get(p) != new.get(p)}
    for change in plan.files:
        assert _patched(old.get(change.path, ""), change.diff, first=2 if change.service == "rows" else 1) == new.get(
            change.path, ""
        )
        assert (
            change.sign
            == {(True, True): "~", (True, False): "-", (False, True): "+"}[change.path in old, change.path in new]
        )


def _patched(text: str, diff: str, first: int) -> str:
    """A text after a unified diff; `first` is the number of its first line."""
    lines, done, at = text.split("\n"), [], first
    hunks = re.split(r"^@@ -(\d+)(?:,(\d+))? \+\d+(?:,\d+)? @@\n", diff, flags=re.MULTILINE)
    for start, count, body in zip(hunks[1::3], hunks[2::3], hunks[3::3], strict=True):
        begin = int(start) + (count == "0")
        done += lines[at - first : begin - first]
        at = begin
        for line in body.split("\n")[:-1]:
            if line[0] in " -":
                assert lines[at - first] == line[1:]
                at += 1
            done += [line[1:]] if line[0] in " +" else []
    return "\n".join([*done, *lines[at - first :]])


OPPOSITES = {
    "account-added": "account-removed",
    "dkim-key-added": "dkim-key-removed",
    "domain-added": "domain-removed",
}


@settings(max_examples=examples(30))
@given(edits())
def test_the_way_back_is_the_opposite(pair: Pair) -> None:
    there, back = _plan(pair), _plan((pair[1], pair[0]))
    turned = {"+": "-", "-": "+", "~": "~"}
    assert {(c.path, turned[c.sign]) for c in there.files} == {(c.path, c.sign) for c in back.files}
    assert {(c.record, turned[c.sign]) for c in there.records} == {(c.record, c.sign) for c in back.records}
    for plan, other in ((there, back), (back, there)):
        keys = {(statement.id, statement.subject) for statement in other.statements}
        for statement in plan.statements:
            if statement.id in OPPOSITES:
                assert (OPPOSITES[statement.id], statement.subject) in keys
            elif statement.sign == "~" and statement.id not in {"mail-reaches", "may-post"}:
                assert (statement.id, statement.subject) in keys


ONCE_MORE = """
import sys
from dataclasses import replace
from pathlib import Path
from tests.plan import planned
from tests.examples import examples
for number, case in enumerate(sys.argv[2:]):
    plan = planned(case, Path(sys.argv[1]) / str(number))
    print(replace(plan, before=None, after=None))
"""


@pytest.mark.whole
def test_the_same_specs_give_the_same_bytes_in_every_process(tmp_path: Path) -> None:
    cases = ("account-removed-with-aliases-and-lists", "default-domain-changed", "domain-becomes-an-alias")
    found = set()
    for seed in ("1", "2", "3"):  # sets have another order in each
        argv = [sys.executable, "-c", ONCE_MORE, str(tmp_path / seed), *cases]
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        found.add(subprocess.run(argv, env=environment, capture_output=True, check=True).stdout)
    assert len(found) == 1
    assert len(found.pop()) > 10_000
