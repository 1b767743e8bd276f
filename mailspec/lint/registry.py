"""The rules: every module in `rules/` is one, found by its name; its page stands beside it."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from . import rules as folder
from .finding import Advice, Level
from .view import View

Check = Callable[[View], Iterator[Advice]]


@dataclass(frozen=True)
class Rule:
    """One rule."""

    id: str
    """The name of its module, with dashes."""
    level: Level
    title: str
    """One sentence: what is found."""
    check: Check
    page: Path
    last: bool
    """Whether it judges the findings of the others."""

    def text(self) -> str:
        """Its page: what the problem is, an example, the fix."""
        return self.page.read_text(encoding="utf-8")


@cache
def rules() -> dict[str, Rule]:
    """Every rule by its id, sorted."""
    found = {}
    for name in sorted(module.name for module in pkgutil.iter_modules(folder.__path__)):
        module = importlib.import_module(f"{folder.__name__}.{name}")
        id_ = name.replace("_", "-")
        title = (inspect.getdoc(module) or "").partition("\n")[0].removesuffix(".")
        page = Path(str(module.__file__)).with_name(f"{id_}.md")
        found[id_] = Rule(id_, module.LEVEL, title, module.check, page, getattr(module, "LAST", False))
    return found
