"""Plans made by hand for the printers: every kind of part, and names that try to be more than names."""

from typing import Any

from mailspec.model.domain import MailDomain
from mailspec.plan.statement import Effect, FileChange, Plan, RecordChange, Risk, Statement
from mailspec.problem import Place
from tests.specs import FULL, SMALL, account, build


def plan(before: MailDomain, after: MailDomain, **parts: Any) -> Plan:
    """A plan of two specs with some of its parts."""
    empty: dict[str, Any] = dict.fromkeys(("statements", "files", "records", "effects", "notices"), ())
    return Plan("main", "inventories/demo", **{**empty, **parts}, before=before, after=after)


def people(count: int, **more: Any) -> dict[str, Any]:
    """A number of accounts beside alice."""
    names = [f"person{index:03}" for index in range(1, count)]
    return {"alice": account("alice"), **{name: account(name, aliases=[f"{name}.mail"]) for name in names}, **more}
