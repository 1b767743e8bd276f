"""A look at a spec while it is being read: whether it is worth reading on, or no spec at all."""

from itertools import islice
from typing import Any, get_origin

from pydantic import BaseModel, ValidationError

from .complaints import MOST, type_at
from .model.domain import MailDomain
from .problem import KeyPath

_FEW, _SOME = 20, 200
"""So few errors in some entries tell enough; else many more are looked at."""


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
    where = (*above, *path)
    return _errors(newest(data, where, _SOME)) < _FEW or _errors(newest(data, where)) <= MOST


def _errors(data: Any) -> int:
    try:
        MailDomain.model_validate(data)
    except ValidationError as error:
        return error.error_count()
    return 0


def _fits(wanted: Any, collection: Any) -> bool:
    is_mapping = get_origin(wanted) is dict or (isinstance(wanted, type) and issubclass(wanted, BaseModel))
    return is_mapping if isinstance(collection, dict) else get_origin(wanted) in {frozenset, list, tuple}


def newest(data: Any, path: KeyPath | None, most: int = 2 * MOST) -> Any:
    """The data with the last entries only: many along the path, for their errors tell, and few elsewhere."""
    count = _FEW if path is None else most
    if isinstance(data, dict):
        last = islice(reversed(data.items()), count)
        return {
            key: newest(value, path[1:] if path and path[0] == key else None, most)
            if isinstance(value, dict | list)
            else value
            for key, value in last
        }
    return data[-count:] if isinstance(data, list) else data
