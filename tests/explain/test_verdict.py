"""The answers of `explain` are those of the servers, and those that the cases expect."""

from email.utils import parseaddr

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailspec.cases.case import FailedLogin, Kept, Login, Mail, Reaches, Refused, Signed
from mailspec.cases.catalogue import catalogue
from mailspec.explain import Answer, Question, explain, may, question
from mailspec.model.domain import MailDomain
from mailspec.problem import KeyPath, SpecError
from mailspec.routing import reach, routes
from tests.examples import examples
from tests.explain.servers import Servers
from tests.explain.steps import ends
from tests.specs import build, full
from tests.strategies import OUTSIDE, addresses, specs

SPAM = {"deny": ["bulk.example", "rude@example.edu"], "allow": ["friend@example.com", "example.edu"]}


def _with_spam(spec: MailDomain) -> MailDomain:
    return build({name: getattr(spec, name) for name in spec.model_fields_set} | {"spam": SPAM})


_SPECS = specs().map(_with_spam)
_WHO = addresses() | st.sampled_from([*OUTSIDE, "rude@example.edu", "x@bulk.example"])


def _refusal(spec: MailDomain, asked: Question) -> str:
    """The code the servers refuse with; empty when they take the message."""
    servers = Servers(spec)
    if asked.login and not servers.may_log_in(asked.login, "smtp"):
        return "535"
    if asked.login and servers.is_blocked(asked.login):
        return "554"
    if asked.login and asked.envelope and asked.login not in servers.owners(asked.envelope):
        return "553"
    if servers.is_ours(asked.to):
        if servers.is_closed(asked.to) or not servers.is_listed(asked.to):
            return "550"
    elif not asked.login:
        return "554"
    return "554" if _filtered(spec, servers, asked) else ""


def _filtered(spec: MailDomain, servers: Servers, asked: Question) -> bool:
    author = asked.authors[0]
    if asked.login and not servers.owns_author(asked.login, author):
        return True
    if not servers.may_post(asked.to, asked.login, author, dmarc=bool(asked.dmarc)):
        return True
    if asked.login or asked.to.partition("@")[0].partition("+")[0] in {"abuse", "postmaster"}:
        return False
    names = {part for sender in (asked.envelope, author) for part in (sender, sender.rpartition("@")[2])}
    if names & set(spec.spam.deny):
        return True
    home = author.rpartition("@")[2]
    return home in spec.domains and spec.domains[home].dmarc.policy == "reject" and not asked.dmarc


@given(_SPECS, addresses(), _WHO, st.none() | _WHO, st.booleans(), st.booleans(), st.data())
@settings(max_examples=examples(100))
def test_answer_is_that_of_the_servers(
    spec: MailDomain, to: str, author: str, envelope: str | None, has_login: bool, dmarc: bool, data: st.DataObject
) -> None:
    login = data.draw(st.sampled_from([*spec.mailboxes, "nobody@example.org", "info@example.org"])) if has_login else ""
    sender = login if has_login and data.draw(st.booleans()) else author
    asked = Question(to, login, (sender,), envelope if envelope is not None else sender, dmarc)
    found = may(spec, asked)
    assert found.allowed == (not _refusal(spec, asked))
    assert found.allowed or found.decides.code.startswith(_refusal(spec, asked))


def _asked(case: Mail) -> Question | None:
    """The case as a question; None where it is about something else than who writes to whom."""
    if len(case.to) != 1 or case.size or case.fresh or case.headers or case.text != "Just a test.":
        return None
    authors = case.authors if case.authors is not None else (case.sender,)
    parts = [parseaddr(part)[1] for author in authors for part in author.split(", ")]
    return Question(case.to[0], case.login, tuple(parts), case.sender, case.signed)


@given(_SPECS)
@settings(max_examples=examples(15))
def test_answer_is_what_the_cases_expect(spec: MailDomain) -> None:
    for case in catalogue(spec):
        if isinstance(case, Login | FailedLogin) and case.protocol == "smtp" and "password" not in case.id:
            asked = Question(case.login, case.login, (case.login,), case.login)
            assert may(spec, asked).checks[0].passes == case.succeeds, case.id
        if not isinstance(case, Mail) or isinstance(case.expect, Kept) or not (asked_mail := _asked(case)):
            continue
        _agrees(spec, case, asked_mail)


def _agrees(spec: MailDomain, case: Mail, asked: Question) -> None:
    if case.to == ("postmaster",) or (not asked.login and case.port != 25):
        return
    try:
        found = may(spec, question(spec, case.to[0], asked.authors, asked.login, asked.envelope, asked.dmarc))
    except SpecError:
        assert isinstance(case.expect, Refused), case.id
        return
    if "@" not in case.to[0]:
        return  # a short name means the main domain here, and nothing to a server
    if found.allowed and found.condition.startswith("Sender:"):
        named = {f"Sender: Me <{asked.login}>"} == set(case.headers)
        assert named == isinstance(case.expect, Reaches), case.id
        return
    assert found.allowed == isinstance(case.expect, Reaches | Signed), (case.id, found)
    if isinstance(case.expect, Refused) and case.expect.codes:
        assert int(found.decides.code[:3]) in case.expect.codes, (case.id, found.decides)
    if isinstance(case.expect, Reaches):
        assert ends(spec, case.to[0]) == case.expect.ends == reach(spec, routes(spec), case.to[0])


def _answer(to: str, *authors: str, login: str = "", envelope: str | None = None, dmarc: bool | None = None) -> Answer:
    spec = full(spam={"deny": ["bulk.example"], "allow": ["example.edu"]})
    return may(spec, question(spec, to, authors, login, envelope, dmarc))


DECISIONS: list[tuple[Answer, str, KeyPath]] = [
    (_answer("bob", login="alice"), "yes author", ("accounts", "alice")),
    (_answer("bob", "info@shop.example", login="alice"), "yes author", ("accounts", "alice", "aliases", 1)),
    (_answer("bob", "abuse", login="alice"), "yes author", ("postmaster",)),
    (_answer("bob", "alice", login="bob"), "no envelope 553 5.7.1", ("accounts", "alice")),
    (_answer("bob", "alice", login="bob", envelope="<>"), "no author 554 5.7.1", ("accounts", "alice")),
    (_answer("bob", "<>", login="alice"), "yes author", ("accounts", "alice")),
    (_answer("bob", "alice", "bob", login="alice"), "no author 554 5.7.1", ()),
    (_answer("bob", login="carol"), "no login 535 5.7.8", ("accounts", "carol", "state")),
    (_answer("bob", login="security"), "no login 535 5.7.8", ("accounts", "bob", "aliases", 0)),
    (_answer("bob", login="nobody"), "no login 535 5.7.8", ("accounts",)),
    (_answer("staff", login="bob"), "yes list", ("lists", "staff", "members", 1)),
    (_answer("team@example.net", login="bob"), "yes list", ("lists", "staff", "members", 1)),
    (_answer("staff", login="dave@shop.example"), "no list 554 5.7.1", ("lists", "staff", "post")),
    (_answer("board", login="alice"), "no list 554 5.7.1", ("lists", "board", "post")),
    (_answer("board", login="bob"), "yes list", ("lists", "board", "moderators", 0)),
    (_answer("town", login="dave@shop.example"), "yes list", ("domains", "shop.example")),
    (_answer("staff", "alice"), "no list 554 5.7.1", ("lists", "staff", "post")),
    (_answer("staff", "x@example.edu", envelope="alice"), "no list 554 5.7.1", ("lists", "staff", "post")),
    (_answer("everyone", "x@example.edu"), "yes allow", ("spam", "allow", 0)),
    (_answer("everyone", "x@example.edu", dmarc=False), "yes recipient", ("lists", "everyone")),
    (_answer("bob", "x@bulk.example", dmarc=True), "no deny 554 5.7.1", ("spam", "deny", 0)),
    (_answer("bob", "x@example.com", envelope="x@bulk.example"), "no deny 554 5.7.1", ("spam", "deny", 0)),
    (_answer("abuse", "x@bulk.example"), "yes recipient", ("postmaster",)),
    (_answer("bob", "alice", dmarc=False), "yes dmarc", ("domains", "example.org", "dmarc")),
    (_answer("bob", "x@shop.example"), "yes if dmarc", ("domains", "shop.example", "dmarc")),
    (_answer("bob", "x@shop.example", dmarc=False), "no dmarc 554 5.7.1", ("domains", "shop.example", "dmarc")),
    (_answer("carol", "x@example.com"), "no recipient 550 5.2.1", ("accounts", "carol", "state")),
    (_answer("nobody", "x@example.com"), "no recipient 550 5.1.1", ("domains", "example.org")),
    (_answer("x@example.com", "alice"), "no recipient 554 5.7.1", ("domains",)),
    (_answer("x@example.com", login="alice"), "yes author", ("accounts", "alice")),
    (_answer("bob", "<>"), "yes recipient", ("accounts", "bob")),
]


@pytest.mark.parametrize(("found", "expected", "path"), DECISIONS)
def test_each_rule_decides_with_its_place(found: Answer, expected: str, path: KeyPath) -> None:
    decides = found.decides
    word = ("yes if" if found.condition else "yes") if found.allowed else "no"
    assert f"{word} {decides.rule} {decides.code if not found.allowed else ''}".strip() == expected
    assert decides.path == path


def test_member_outside_may_post_once_dmarc_proves_it() -> None:
    lists = {"news": {"members": ["alice", "friend@example.com"]}}
    spec = build({"lists": lists})
    found = [may(spec, question(spec, "news", ["friend@example.com"], dmarc=dmarc)) for dmarc in (None, True, False)]
    assert [(answer.allowed, answer.condition) for answer in found] == [
        (True, "DMARC passes for example.com"),
        (True, ""),
        (False, ""),
    ]
    assert {answer.decides.path for answer in found} == {("lists", "news", "members", 1)}


@given(_SPECS, addresses())
def test_may_send_as_names_exactly_the_logins_that_may(spec: MailDomain, address: str) -> None:
    told = {sender.login for sender in explain(spec, address).senders}
    servers = Servers(spec)
    assert told == {login for login in spec.mailboxes if servers.owns_author(login, address)}
    assert told == (servers.owners(address) if servers.is_ours(address) else set())
