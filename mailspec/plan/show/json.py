"""The plan as data for programs; the models here are its schema, `mailspec schema --plan`."""

from json import dumps
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from ..statement import Plan, Statement
from . import words

Sign = Literal["+", "~", "-"]
Word = Literal["safe", "review", "danger"]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Position(_Part):
    """Where the spec says so; for what the new spec no longer says, where the old one did."""

    file: str
    """The file, as the command line named its folder."""
    line: int
    """From 1; 0 stands for the whole file."""
    column: int
    """From 1; 0 stands for the whole line."""


class StatementOut(_Part):
    """One thing that will be different, in mail terms."""

    id: str
    """The kind, stable; the reference of statements lists all."""
    key: str
    """What `--allow` and the spec's acknowledgement name."""
    area: str
    """The section it belongs to."""
    subject: str
    """What it is about: an address, a domain, a server."""
    sign: Sign
    """`+` begins, `~` changes, `-` ends."""
    text: str
    """One sentence, lower case, no full stop."""
    risk: Word
    """How closely somebody must look."""
    reason: str
    """Why that risk; empty for safe."""
    acknowledged: str | None
    """The reason somebody gave for accepting a danger; null where nobody did."""
    place: Position | None
    """Null where no line of the spec says so."""


class FileOut(_Part):
    """A file of a server that differs; a table of rows is the file `rows/<table>`."""

    server: str
    """The server."""
    path: str
    """The path on the server."""
    service: str
    """The service that reads it."""
    template: str
    """Where it comes from, below `templates/`; empty for rows."""
    sign: Sign
    """`+` is new, `~` differs, `-` goes."""
    diff: str
    """Unified; a secret shows as `<secret NAME>`."""


class RecordOut(_Part):
    """A line of a zone file that comes or goes; a record that changes is one of each."""

    sign: Literal["+", "-"]
    """`+` comes, `-` goes."""
    zone: str
    """The zone."""
    record: str
    """The line of its file."""
    reason: str
    """Why it is there."""


class EffectOut(_Part):
    """What happens to a service of a server."""

    server: str
    """The server."""
    service: str
    """The service."""
    action: Literal["reload", "restart", "start", "stop", "none"]
    """What the next run of `site.yml` does to it."""
    why: str
    """The paths or packages that ask for it."""


class Counts(_Part):
    """How many statements there are."""

    add: int
    """With the sign `+`."""
    change: int
    """With the sign `~`."""
    remove: int
    """With the sign `-`."""
    safe: int
    """Of risk `safe`."""
    review: int
    """Of risk `review`."""
    danger: int
    """Of risk `danger`, acknowledged or not."""
    unacknowledged: int
    """Dangers that nobody has acknowledged: what makes `--exit-code` give 4."""


class PlanOut(_Part):
    """Everything a change of the spec will do; sorted, the same bytes each time."""

    mailspec_plan: Literal[1]
    """The version of this format."""
    base: str
    """The old side, as it was named."""
    target: str
    """The new side."""
    changes: bool
    """Whether anything differs."""
    risk: Word
    """The greatest risk among the statements."""
    counts: Counts
    statements: tuple[StatementOut, ...]
    notices: tuple[str, ...]
    """What people will notice, in sentences."""
    effects: tuple[EffectOut, ...]
    records: tuple[RecordOut, ...]
    files: tuple[FileOut, ...]
    closing: str
    """The last line of the text form."""


def json(plan: Plan) -> str:
    """The plan as JSON in ASCII, so that no terminal or log reads more than text in it."""
    text = dumps(_out(plan).model_dump(mode="json"), indent=2, ensure_ascii=True)
    return text.replace("\x7f", "\\u007f") + "\n"


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of that text."""
    described = PlanOut.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **described, "title": "mailspec plan, version 1"}


def _out(plan: Plan) -> PlanOut:
    statements = plan.statements
    signs = {
        word: sum(s.sign == sign for s in statements) for word, sign in (("add", "+"), ("change", "~"), ("remove", "-"))
    }
    risks = {word: sum(s.risk.word == word for s in statements) for word in ("safe", "review", "danger")}
    return PlanOut.model_validate(
        {
            "mailspec_plan": 1,
            "base": plan.base,
            "target": plan.target,
            "changes": plan.changes,
            "risk": plan.risk.word,
            "counts": {**signs, **risks, "unacknowledged": len(plan.dangers)},
            "statements": [_statement(plan, statement) for statement in statements],
            "notices": plan.notices,
            "effects": [vars(effect) for effect in plan.effects],
            "records": [vars(record) for record in plan.records],
            "files": [vars(change) for change in plan.files],
            "closing": words.closing(plan),
        }
    )


def _statement(plan: Plan, statement: Statement) -> dict[str, Any]:
    place = words.place(plan, statement)
    return {
        **vars(statement),
        "key": statement.key,
        "area": words.area(statement.id),
        "risk": statement.risk.word,
        "acknowledged": plan.acknowledged.get(statement.key),
        "place": vars(place) if place else None,
    }
