"""How a report reads: one module a format."""

from collections.abc import Callable

from ..finding import Report
from . import github, json, sarif, text

FORMATS: dict[str, Callable[[Report], str]] = {
    "github": github.show,
    "json": json.show,
    "sarif": sarif.show,
    "text": text.show,
}
"""The formats by the name that `--format` takes."""
