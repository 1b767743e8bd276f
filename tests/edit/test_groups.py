"""Who joins a group is in it, who leaves it is not, and nobody else is moved."""

from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mailspec.edit import groups
from mailspec.edit.draft import Draft
from mailspec.edit.write import flow
from mailspec.model.secret import Secret
from mailspec.problem import SpecError
from tests.examples import examples

PEOPLE = ("alice", "bob", "erin", "friend@example.com")
LOGINS = {person: person if "@" in person else f"{person}@example.org" for person in PEOPLE}

some = st.lists(st.sampled_from(PEOPLE), unique=True, max_size=3)


@st.composite
def specs(draw: st.DrawFn) -> dict[str, Any]:
    """A spec with a group that may be defined, named by accounts, or both."""
    on_account = draw(st.lists(st.sampled_from(PEOPLE[:3]), unique=True, min_size=1))
    in_sales = draw(some)
    accounts = {
        name: {
            "password": {"hash": Secret(name)},
            "aliases": [f"{name}.x"],
            "groups": ["crew"] * (name in on_account) + ["chess"],
            "department": "sales" if name in in_sales else "other",
        }
        for name in PEOPLE[:3]
    }
    nested = st.lists(st.sampled_from(["group:pair", "everyone"]), unique=True, max_size=1)
    crew: dict[str, Any] = {"members": [*draw(some), *draw(nested)], "except": draw(some)}
    if draw(st.booleans()):
        crew["where"] = {"department": "sales"}
    return {
        "mailspec": 1,
        "postmaster": "alice",
        "domains": {"example.org": {}},
        "servers": {"mx1.example.org": {"addresses": ["198.51.100.25"]}},
        "accounts": accounts,
        "groups": {
            "pair": {"members": ["alice", "friend@example.com"]},
            **({"crew": crew} if draw(st.booleans()) else {}),
        },
    }


def draft(folder: Path, spec: dict[str, Any]) -> Draft:
    (folder / "mail.yml").write_text("".join(f"{key}: {flow(value)}\n" for key, value in spec.items()))
    return Draft(folder)


def inside(made: Draft) -> set[str]:
    """The people of the group, as the files say it once they are written."""
    made.plan()
    made.save()
    return set(Draft(made.source.folder).spec.group_people.get("crew", {}))


@settings(max_examples=examples(200), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(spec=specs(), person=st.sampled_from(PEOPLE))
def test_who_joins_is_in_the_group_and_nobody_else_comes_or_goes(
    tmp_path: Path, spec: dict[str, Any], person: str
) -> None:
    made = draft(tmp_path, spec)
    before = set(made.spec.group_people["crew"])
    try:
        groups.join(made, "crew", [person])
    except SpecError:
        assert "crew" not in spec["groups"]
        assert "@" in person
        return
    assert inside(made) == before | {LOGINS[person]}


@settings(max_examples=examples(200), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(spec=specs(), person=st.sampled_from(PEOPLE), alias=st.booleans(), with_except=st.booleans())
def test_who_leaves_is_not_in_the_group_and_nobody_else_comes_or_goes(
    tmp_path: Path, spec: dict[str, Any], person: str, alias: bool, with_except: bool
) -> None:
    made = draft(tmp_path, spec)
    before = set(made.spec.group_people["crew"])
    name = f"{person}.x" if alias and "@" not in person else person
    try:
        groups.leave(made, "crew", [name], with_except=with_except)
    except SpecError as error:
        found = {problem.id for problem in error.problems}
        assert found == {"not-there"} if LOGINS[person] not in before else found == {"still-named"} and not with_except
        return
    assert inside(made) == before - {LOGINS[person]}
