"""All cases of a spec."""

from mailspec.cases.catalogue import FEATURES, catalogue

from ..specs import build, full


def test_every_feature_has_cases() -> None:
    made = {type(case).__name__ for case in catalogue(full())}
    assert {"Bounce", "FailedLogin", "Login", "Mail", "OpenPorts", "PlainText", "Quota", "Smuggle", "Tls"} <= made


def test_smallest_spec_has_cases() -> None:
    assert len(catalogue(build())) > 100


def test_features_are_in_order() -> None:
    names = [feature.__name__ for feature in FEATURES]
    assert names == sorted(names)


def test_every_case_says_what_it_proves() -> None:
    for case in catalogue(full()):
        assert case.sentence
        assert not case.sentence.endswith(".")


def test_same_spec_gives_the_same_cases() -> None:
    assert catalogue(full()) == catalogue(full())
