"""Groups come and go, and people join and leave them: in `groups`, or on their own accounts."""

import difflib
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from ..model.groups import people as people_of
from ..model.text import GROUP, group_name, group_of
from ..problem import KeyPath, Place, Problem, SpecError
from ..shown import shown
from . import names
from .draft import Draft

Accounts = dict[str, str]
"""The key of each account by all of its addresses."""


class _Reason(NamedTuple):
    """What brings somebody into a group without naming them."""

    path: KeyPath
    words: str


def add(draft: Draft, name: str, members: Sequence[str], out: Sequence[str], department: str) -> None:
    """A defined group; accounts that name it already stay in it."""
    if (key := _defined(draft, name)) is not None:
        hint = "choose another name, or change that group with `mailspec group join`"
        raise SpecError([Problem(draft.place("groups", key), "duplicate-key", f"`{key}` is a group already", hint)])
    where = {"department": department} if department else {}
    value = {"members": list(members), "where": where, "except": list(out)}
    draft.put(("groups", name), {word: found for word, found in value.items() if found})


def join(draft: Draft, name: str, people: Sequence[str]) -> None:
    """More people for a group; raises SpecError for each who would need a defined one."""
    key = _known(draft, name)
    if key is None:
        _join_by_account(draft, name, people)
        return
    accounts = _accounts(draft)
    logins = {_login(draft, accounts, person): person for person in people}
    known = {_login(draft, accounts, item) for item in draft.get("groups", key, "members") or ()}
    known |= {login for login in logins if name in _own_groups(draft, accounts.get(login))}
    if problems := [
        problem for login, person in logins.items() for problem in _kept_out(draft, name, key, login, person)
    ]:
        raise SpecError(problems)
    out = {_login(draft, accounts, item) for item in draft.get("groups", key, "except") or ()} & logins.keys()
    known |= out & _but_for_except(draft, name) if out else set()
    if new := [person for login, person in logins.items() if login not in known]:
        names.with_items(draft, ("groups", key, "members"), new)
    _take_out(draft, accounts, ("groups", key, "except"), logins)


def leave(draft: Draft, name: str, people: Sequence[str], *, with_except: bool) -> None:
    """Fewer people for a group, wherever it or they say so by name.

    Raises SpecError for each who is not in it, and without `with_except` for each whom something else brings in.
    """
    key = _known(draft, name)
    accounts = _accounts(draft)
    problems: list[Problem] = []
    out: list[str] = []
    logins = {_login(draft, accounts, person): person for person in people}
    members = () if key is None else draft.get("groups", key, "members") or ()
    listed = {_login(draft, accounts, item) for item in members}
    for login, person in logins.items():
        named = login in listed or name in _own_groups(draft, accounts.get(login))
        reasons = list(_reasons(draft, accounts, name, key, login))
        if not named and not reasons:
            problems.append(_not_there(draft, name, key, person))
        elif reasons and with_except:
            out.append(person)
        else:
            hint = f"give `--except` to take `{shown(person)}` out all the same"
            for path, words in reasons:
                fact = f"{words} brings `{shown(person)}` into the group `{name}`"
                problems.append(Problem(draft.place(*path), "still-named", fact, hint))
    if problems:
        raise SpecError(problems)
    for login in logins:
        _forget_on_account(draft, accounts.get(login), name)
    if key is not None:
        _take_out(draft, accounts, ("groups", key, "members"), logins)
        if out:
            names.with_items(draft, ("groups", key, "except"), out)


def remove(draft: Draft, name: str, *, from_lists: bool) -> None:
    """Take a group out of the spec and off its accounts; raises SpecError while something else names it."""
    key = _known(draft, name)
    own = {f"{GROUP}{name}"}
    found = [mention for mention in names.mentions(draft, own) if mention.path[:2] != ("groups", key)]
    names.forget(draft, own, found, from_lists=from_lists)
    for account in draft.get("accounts"):
        _forget_on_account(draft, account, name)
    if key is not None:
        draft.drop(("groups", key))


def _defined(draft: Draft, name: str) -> str | None:
    """The key of a group as its file writes it; None when nothing defines it."""
    return next((key for key in draft.get("groups") or {} if group_name(key) == name), None)


def _known(draft: Draft, name: str) -> str | None:
    """The key of a group, None when it is a name on accounts; raises SpecError when there is no such group."""
    groups = {*draft.spec.groups, *(group for account in draft.spec.accounts.values() for group in account.groups)}
    if name not in groups:
        near = difflib.get_close_matches(name, sorted(groups), 1)
        hint = f"write `{near[0]}`" if near else "make it with `mailspec group add`"
        raise SpecError.at(draft.source.main, "unknown-group", f"there is no group `{name}`", hint)
    return _defined(draft, name)


def _join_by_account(draft: Draft, name: str, people: Sequence[str]) -> None:
    accounts = _accounts(draft)
    problems = []
    for person in people:
        address = draft.address(person)
        if address in accounts:
            continue
        fact = f"`{shown(person)}` is no account, and only accounts can be in `{name}`, which `groups` does not define"
        hint = f"define the group with `mailspec group add`, and `--member {shown(person)}`"
        if draft.spec.is_ours(address) and not group_of(person):
            near = difflib.get_close_matches(person, list(draft.spec.accounts), 1)
            hint = f"write `{shown(near[0])}`" if near else "add the account, or correct the name"
        problems.append(Problem(Place(draft.source.main), "unknown-address", fact, hint))
    if problems:
        raise SpecError(problems)
    for person in people:
        names.with_items(draft, ("accounts", accounts[draft.address(person)], "groups"), [name])


def _accounts(draft: Draft) -> Accounts:
    entries = draft.get("accounts")
    return {draft.address(name): key for key, entry in entries.items() for name in (key, *(entry.get("aliases") or ()))}


def _login(draft: Draft, accounts: Accounts, person: str) -> str:
    """The address that stands for somebody among the people of groups."""
    address = draft.address(person)
    return draft.address(accounts[address]) if address in accounts else address


def _own_groups(draft: Draft, account: str | None) -> set[str]:
    """The groups that an account names itself."""
    return set() if account is None else {group_name(name) for name in draft.get("accounts", account, "groups") or ()}


def _forget_on_account(draft: Draft, account: str | None, name: str) -> None:
    if account is not None and name in _own_groups(draft, account):
        path = ("accounts", account, "groups")
        if left := [item for item in draft.get(*path) if group_name(item) != name]:
            draft.put(path, left)
        else:
            draft.drop(path)


def _reasons(draft: Draft, accounts: Accounts, name: str, key: str | None, login: str) -> Iterator[_Reason]:
    """What brings somebody into a group besides their name."""
    if key is None or login not in draft.spec.group_people[name]:
        return
    group = draft.spec.groups[name]
    for index, member in enumerate(group.members):
        if (nested := group_of(member)) and login in draft.spec.group_people[nested]:
            yield _Reason(("groups", key, "members", index), f"`{member}`")
    account = accounts.get(login)
    if group.where and account is not None and draft.spec.mailboxes[login].department == group.where.department:
        yield _Reason(("accounts", account, "department"), f"`department: {shown(group.where.department)}`")


def _but_for_except(draft: Draft, name: str) -> set[str]:
    """Who would be in a group that takes nobody out."""
    group = draft.spec.groups[name].model_copy(update={"except_": ()})
    return set(people_of(draft.spec.model_copy(update={"groups": {**draft.spec.groups, name: group}}))[name])


def _kept_out(draft: Draft, name: str, key: str, login: str, person: str) -> Iterator[Problem]:
    """The groups among the `except` of a group that somebody is in."""
    for index, item in enumerate(draft.spec.groups[name].except_):
        if (nested := group_of(item)) and login in draft.spec.group_people[nested]:
            fact = f"`{item}` keeps `{shown(person)}` out of the group `{name}`"
            hint = f"take `{item}` out of `except`, or let `{shown(person)}` leave that group"
            yield Problem(draft.place("groups", key, "except", index), "still-named", fact, hint)


def _take_out(draft: Draft, accounts: Accounts, path: tuple[str, ...], logins: Collection[str]) -> None:
    """Take people out of a list of them, whichever of their addresses it has."""
    items = draft.get(*path) or []
    left = [item for item in items if _login(draft, accounts, item) not in logins]
    if left:
        draft.put(path, left)
    elif items:
        draft.drop(path)


def _not_there(draft: Draft, name: str, key: str | None, person: str) -> Problem:
    place = Place(draft.source.main) if key is None else draft.place("groups", key)
    inside = sorted(draft.spec.group_people[name])
    hint = f"name some of {', '.join(f'`{shown(item)}`' for item in inside[:10])}" if inside else "there are none"
    return Problem(place, "not-there", f"`{shown(person)}` is not in the group `{name}`", hint)
