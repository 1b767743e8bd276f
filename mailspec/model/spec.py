"""What every part of the spec has in common, and how a rule across parts reports a clash."""

from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict
from pydantic_core import PydanticCustomError

from ..problem import KeyPath


class Spec(BaseModel):
    """A part of the spec: frozen, and an unknown key is an error."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=True, use_attribute_docstrings=True
    )


@dataclass(frozen=True)
class Clash:
    """Two parts of the spec that do not fit together."""

    path: KeyPath
    id: str
    fact: str
    hint: str


class ClashError(ValueError):
    """Raised by a validator that sees several parts; carries every clash it found."""

    def __init__(self, clashes: list[Clash]) -> None:
        self.clashes = clashes
        super().__init__("; ".join(c.fact for c in clashes))


def refusal(id: str, fact: str, hint: str) -> PydanticCustomError:  # noqa: A002
    """The error a field type raises for a value it refuses."""
    return PydanticCustomError("refused", "{fact}", {"id": id, "fact": fact, "hint": hint})
