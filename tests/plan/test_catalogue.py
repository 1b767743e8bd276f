"""The catalogue: each edit, word for word as a reviewer reads it."""

import re
import types
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mailspec.load import SECTIONS
from mailspec.model.domain import MailDomain
from mailspec.model.spec import Spec
from mailspec.plan.risk import KINDS
from mailspec.plan.statement import Plan
from tests.plan import FOLDER, cases, folders, planned, spec, told

pytestmark = pytest.mark.xdist_group("catalogue")
"""All on one worker: what they share takes seconds to make."""
WITHOUT_EFFECT = {"lint.silence", "lists.*.name", "mailspec", "servers.*.disk"}
"""Keys of the spec that no server, record or person sees."""
ONE_VALUE = {"servers.*.roles"}
"""Keys that have one legal value as long as a domain runs on one server."""
NEED_MORE = {
    "app-password-secret": "two vaults",
    "password": "two vaults",
    "relay-password": "two vaults",
    "secret-missing": "an open vault",
    "server-role": "several servers",
    "signing-key": "two vaults",
    "srs-key": "two vaults",
    "tls-key": "two vaults",
    "unexplained": "a bug of ours",
    "vault": "a vault",
    "web-key": "two vaults",
}
"""Kinds that no edit of a spec alone leads to; they have tests of their own."""


@pytest.fixture(scope="module")
def plans(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Plan]:
    return {case: planned(case, tmp_path_factory.mktemp(case)) for case in cases()}


@pytest.mark.parametrize("case", cases())
def test_edit_is_told_word_for_word(case: str, plans: dict[str, Plan]) -> None:
    assert told(plans[case]) == (FOLDER / case / "expected.txt").read_text(encoding="utf-8")


def test_every_folder_is_a_case() -> None:
    found = {path.name for path in FOLDER.iterdir() if path.is_dir() and path.name not in {"base", "__pycache__"}}
    assert found == set(cases())
    assert len(found) >= 60


def test_every_kind_of_statement_has_a_case(plans: dict[str, Plan]) -> None:
    seen = {statement.id for plan in plans.values() for statement in plan.statements}
    assert seen | NEED_MORE.keys() == KINDS.keys()


def test_nothing_changes_in_silence(plans: dict[str, Plan]) -> None:
    """Without a statement no file and no record differs; rows may say the same in other words."""
    for case, plan in plans.items():
        assert "unexplained" not in {statement.id for statement in plan.statements}, case
        if not plan.statements:
            assert {change.path for change in plan.files} <= {"rows/route", "rows/list", "rows/poster"}, case
            assert plan.records == (), case


def test_every_key_of_the_spec_is_edited_by_a_case(tmp_path: Path) -> None:
    edited: set[str] = set()
    for case in cases():
        before, after = (spec(folder) for folder in folders(case, tmp_path / case))
        edited |= set(_edited(_plain(before), _plain(after)))
    known = set(_keys(MailDomain))
    lacking = {
        key
        for key in known - WITHOUT_EFFECT - ONE_VALUE
        if not any(e == key or e.startswith(f"{key}.") for e in edited)
    }
    assert lacking == set(), "a new key of the spec needs a case that edits it, in tests/plan"


def _keys(part: type[Spec], above: str = "") -> Iterator[str]:
    """Every key of the spec, `*` for a name."""
    for name, hint in typing.get_type_hints(part).items():
        if name in part.model_fields:
            key = part.model_fields[name].alias or name
            below = list(_parts(hint))
            for step, found in below:
                yield from _keys(found, f"{above}{key}{step}.")
            if not below:
                yield f"{above}{key}"


def _parts(hint: Any, step: str = "") -> Iterator[tuple[str, type[Spec]]]:
    if isinstance(hint, type) and not isinstance(hint, types.GenericAlias) and issubclass(hint, Spec):
        yield step, hint
    elif typing.get_origin(hint) is dict:
        yield from _parts(typing.get_args(hint)[1], f"{step}.*")
    else:
        for argument in typing.get_args(hint):
            yield from _parts(argument, step)


def _plain(value: Any) -> Any:
    """Parts of the spec as mappings by key."""
    if isinstance(value, Spec):
        return {field.alias or name: _plain(getattr(value, name)) for name, field in type(value).model_fields.items()}
    return {key: _plain(below) for key, below in value.items()} if isinstance(value, dict) else value


def _edited(before: Any, after: Any, path: str = "") -> Iterator[str]:
    """The keys that differ, with `*` in place of a name."""
    named = path in {*SECTIONS, "servers"} or re.fullmatch(r"dkim\.\*|accounts\.\*\.app_passwords", path)
    if isinstance(before, dict) and isinstance(after, dict):
        for key in before.keys() | after.keys():
            step = "*" if named else str(key)
            yield from _edited(before.get(key), after.get(key), f"{path}.{step}".lstrip("."))
    elif before != after:
        yield path
