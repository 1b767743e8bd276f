"""The JSON Schema of the spec (draft 2020-12), with the sentences of the model as descriptions."""

from typing import Any

from .model.domain import MailDomain


def schema() -> dict[str, Any]:
    """What an editor needs to complete and check a `mail.yml`."""
    described = MailDomain.model_json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **described, "title": "mailspec, version 1"}
