"""Drift: how a server may differ from what the last converge left there."""

from typing import Annotated

from pydantic import Strict

from .spec import Spec
from .text import Text


class Drift(Spec):
    """What `playbooks/drift.yml` reports."""

    ignore: Annotated[tuple[Text, ...], Strict(False)] = ()
    """Patterns of foreign files, ports and firewall tables to leave out, such as `9100/tcp` and `table inet f2b-*`."""
