"""Two specs become a plan; pure: the same specs give the same bytes."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from ..model.domain import MailDomain
from ..problem import KeyPath, Place
from ..render import render
from ..tree import Tree
from . import secrets as vaults
from . import thresholds
from .differences import file_changes, record_changes, record_things
from .effects import effects
from .fact import Change, Difference, Fact, Said, View
from .facts import said, view_facts
from .notices import notices
from .risk import accounts_for
from .secrets import Secrets
from .statement import FileChange, Plan, Statement

Places = Callable[[Iterable[KeyPath]], dict[KeyPath, Place]]

_NEUTRAL = {"rows/closed", "rows/list", "rows/poster", "rows/route"}
"""Tables that can say the same in other words, such as the members of a list by way of another list."""


@dataclass(frozen=True)
class Side:
    """A spec, how the user named it, and where its values stand."""

    spec: MailDomain
    name: str = ""
    places: Places | None = None


def compare(base: Side, target: Side, secrets: Secrets | None = None) -> Plan:
    """Everything that differs."""
    secrets = secrets or Secrets()
    before, after = _views(base.spec, target.spec)
    found = _said(before, after, secrets)
    old, new = _trees(before), _trees(after)
    files = tuple(file_changes(old, new, secrets))
    silent = _unexplained(list(found), files, record_things(base.spec, target.spec))
    found |= {entry.statement: entry for entry in silent}
    told = tuple(sorted(found))
    doing = tuple(effects(old, new, files))
    given = {key: why for key, why in target.spec.acknowledge.items() if base.spec.acknowledge.get(key) != why}
    keys = {statement.key for statement in told}
    return Plan(
        base=base.name,
        target=target.name,
        statements=told,
        files=files,
        records=tuple(record_changes(base.spec, target.spec)),
        effects=doing,
        notices=tuple(sorted(set(notices(told, doing, base.spec, target.spec)))),
        before=base.spec,
        after=target.spec,
        places=_places(base, target, found),
        acknowledged={key: given[key] for key in sorted(given) if key in keys},
    )


def statements(before: MailDomain, after: MailDomain, secrets: Secrets | None = None) -> tuple[Statement, ...]:
    """What differs in mail terms alone, without rendering anything."""
    return tuple(sorted(_said(*_views(before, after), secrets or Secrets())))


def _views(before: MailDomain, after: MailDomain) -> tuple[View, View]:
    """Both specs, in which an account that is renamed is the same."""
    renamed = {}
    for new, account in after.mailboxes.items():
        old = after.address(account.renamed_from) if account.renamed_from else ""
        if old in before.mailboxes and new not in before.mailboxes:
            renamed[old] = new
    return View(before, renamed), View(after)


def _said(before: View, after: View, secrets: Secrets) -> dict[Statement, Said]:
    change = Change(before, after, view_facts(before), view_facts(after))
    found = [*said(change), *vaults.said(change, secrets), *thresholds.said(change)]
    return {entry.statement: entry for entry in found}


def _trees(view: View) -> dict[str, Tree]:
    """The tree of each server; a certificate that is not made yet has a line in its place."""
    lacking = {name: f"({name} has no certificate yet)" for name in view.hosts}
    certificates = lacking | view.spec.tls.certificates
    spec = view.spec
    if certificates != spec.tls.certificates:
        spec = spec.model_copy(update={"tls": spec.tls.model_copy(update={"certificates": certificates})})
    return {name: render(spec, name) for name in view.hosts}


def _unexplained(statements: list[Statement], files: tuple[FileChange, ...], records: set[str]) -> Iterator[Said]:
    """What differs without any statement that accounts for it: nothing shall change in silence."""
    things = {(change.path, f"{change.server}:{change.path}") for change in files if change.path not in _NEUTRAL}
    things |= {(record, record.removeprefix("dns/")) for record in records}
    for thing, subject in sorted(things):
        if not any(accounts_for(statement, thing) for statement in statements):
            text = f"{subject} differs, for a reason that no other statement tells"
            yield Difference(("unexplained", subject), Fact(None), Fact(None)).says("unexplained", "~", subject, text)


def _places(base: Side, target: Side, found: dict[Statement, Said]) -> dict[str, Place]:
    """Where each statement comes from: in the new spec, or in the old for what it no longer says."""
    places: dict[str, Place] = {}
    for side, of_base in ((base, True), (target, False)):
        wanted = {
            entry.statement.key: entry.path for entry in found.values() if entry.of_base == of_base and entry.path
        }
        if side.places and wanted:
            known = side.places(set(wanted.values()))
            places |= {key: known[path] for key, path in wanted.items()}
    return dict(sorted(places.items()))
