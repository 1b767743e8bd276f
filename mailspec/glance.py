"""A look at a spec while it is being read: whether it is worth reading on, or no spec at all."""

from itertools import islice
from typing import Any, get_origin

from pydantic import BaseModel, ValidationError

from .complaints import MOST, type_at
from .model.domain import MailDomain
from .problem import KeyPath

_FEW = 20


def worth(data: Any, path: KeyPath, above: KeyPath = ()) -> bool:
    """Whether a large file may still become a spec.

    `path` is the collection being read and `above` where the file belongs. Not worth it are a collection where the
    model wants none, and more errors than anybody wants to be told.
    """
    for step in reversed(above):
        data = {step: data}
    here = data
    for depth, step in enumerate(("", *above, *path)):
        here = here[step] if depth else here
        if not _fits(type_at((*above, *path)[:depth]), here):
            return False
    try:
        MailDomain.model_validate(newest(data, (*above, *path)))
    except ValidationError as error:
        return error.error_count() <= MOST
    return True


def _fits(wanted: Any, collection: Any) -> bool:
    is_mapping = get_origin(wanted) is dict or (isinstance(wanted, type) and issubclass(wanted, BaseModel))
    return is_mapping if isinstance(collection, dict) else get_origin(wanted) in {frozenset, list, tuple}


def newest(data: Any, path: KeyPath | None) -> Any:
    """The data with the last entries only: many along the path, for their errors tell, and few elsewhere."""
    most = _FEW if path is None else 2 * MOST
    if isinstance(data, dict):
        last = islice(reversed(data.items()), most)
        return {
            key: newest(value, path[1:] if path and path[0] == key else None)
            if isinstance(value, dict | list)
            else value
            for key, value in last
        }
    return data[-most:] if isinstance(data, list) else data
