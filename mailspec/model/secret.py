"""A secret: a name in the vault, never its value."""

import re
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import PlainValidator, WithJsonSchema

from .spec import refusal

NAME = re.compile(r"[a-z0-9][a-z0-9._@/-]{0,200}\Z")


@dataclass(frozen=True, slots=True)
class Secret:
    """What `!secret name` in the spec becomes; only the apply step looks the value up."""

    name: str

    def __str__(self) -> str:
        return f"<secret {self.name}>"


def _reference(value: Any) -> Secret:
    if isinstance(value, Secret):
        return value
    raise refusal(
        "plain-secret", "a secret must not stand in the spec", "write `!secret NAME` and run `mailspec secret set`"
    )


SecretRef = Annotated[Secret, PlainValidator(_reference), WithJsonSchema({"type": "string"})]
"""A reference to an entry of the vault, written `!secret name`."""
