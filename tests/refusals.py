"""What the model refuses, as short text: `id at the.path`."""

from typing import Any

from pydantic import ValidationError

from mailspec.complaints import complaints
from mailspec.model.domain import MailDomain
from tests.specs import SMALL, account


def refused(**changes: Any) -> list[str]:
    """The complaints about the smallest spec with some top-level keys replaced."""
    data = {**SMALL, **changes}
    try:
        MailDomain.model_validate(data)
    except ValidationError as error:
        return [f"{c.id} at {'.'.join(str(step) for step in c.path)}" for c in complaints(data, error, partial=False)]
    return []


def alice(**more: Any) -> dict[str, Any]:
    """The accounts of the smallest spec, with more about alice."""
    return {"alice": account("alice", **more)}
