"""Picking cases by id."""

from typing import TypeVar

from mailspec.cases.case import Case
from mailspec.cases.catalogue import catalogue
from mailspec.model.domain import MailDomain

Kind = TypeVar("Kind", bound=Case)


def ids(spec: MailDomain, start: str) -> list[str]:
    """The ids that begin so."""
    return [case.id for case in catalogue(spec) if case.id.startswith(start)]


def pick(spec: MailDomain, name: str, kind: type[Kind]) -> Kind:
    """The case of an id."""
    found = next((case for case in catalogue(spec) if case.id == name), None)
    assert isinstance(found, kind), ids(spec, name.partition("/")[0])
    return found
