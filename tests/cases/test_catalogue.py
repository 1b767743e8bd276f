"""All cases of a spec."""

from pathlib import Path

from mailspec.cases.catalogue import FEATURES, catalogue
from mailspec.load import load

from ..specs import build, full

OFFICE = Path(__file__).parent.parent.parent / "inventories/office"


def test_every_feature_has_cases() -> None:
    made = {type(case).__name__ for case in catalogue(full())}
    assert {"Bounce", "FailedLogin", "Login", "Mail", "OpenPorts", "PlainText", "Quota", "Smuggle", "Tls"} <= made


def test_smallest_spec_has_cases() -> None:
    assert len(catalogue(build())) > 100


def test_office_is_an_organisation_with_a_case_for_everything() -> None:
    spec = load(OFFICE, complete=False)
    people = [account for account in spec.accounts.values() if account.department]
    departments = {account.department for account in people}
    assert (len(people), len(departments), len(spec.lists), len(spec.domains)) == (40, 6, 12, 2)
    made = catalogue(spec)
    assert len(made) > 1000
    proved = {case.id.split("/")[1] for case in made if case.id.count("/")}
    assert {spec.address(name) for name in (*spec.accounts, *spec.lists, *spec.aliases)} <= proved


def test_features_are_in_order() -> None:
    names = [feature.__name__ for feature in FEATURES]
    assert names == sorted(names)


def test_every_case_says_what_it_proves() -> None:
    for case in catalogue(full()):
        assert case.sentence
        assert not case.sentence.endswith(".")


def test_same_spec_gives_the_same_cases() -> None:
    assert catalogue(full()) == catalogue(full())
