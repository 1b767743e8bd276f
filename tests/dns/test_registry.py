"""All records together."""

from mailspec.dns import records
from mailspec.dns.registry import TYPES
from mailspec.routing import reach, routes
from tests.specs import full


def test_a_name_and_type_has_one_set() -> None:
    found = [(r.name, r.type) for r in records(full())]
    assert len(found) == len(set(found))


def test_a_domain_comes_before_the_names_below_it() -> None:
    names = [r.name for r in records(full())]
    assert names.index("example.org") < names.index("mx1.example.org")


def test_same_spec_gives_same_records() -> None:
    assert records(full()) == records(full())


def test_every_record_has_a_reason_of_one_sentence() -> None:
    assert all(r.reason.endswith(".") and ". " not in r.reason for r in records(full()))


def test_registry_is_alphabetical() -> None:
    names = [module.__name__ for module in TYPES]
    assert names == sorted(names)


def test_report_addresses_reach_the_postmaster() -> None:
    spec = full()
    for record in records(spec):
        for value in record.values:
            for word in value.strip('"').split("; "):
                if word.startswith("rua=mailto:"):
                    ends = reach(spec, routes(spec), word.removeprefix("rua=mailto:"))
                    assert ends == {"alice@example.org"}
