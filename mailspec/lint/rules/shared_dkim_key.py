"""One signing key for several domains."""

from collections.abc import Iterator

from ..finding import Advice, Level
from ..view import View

LEVEL = Level.WARNING


def check(view: View) -> Iterator[Advice]:
    """Keys that two domains publish, or one under two selectors."""
    first: dict[str, str] = {}
    for domain, keys in view.spec.dkim.items():
        for selector, key in keys.items():
            name = f"{selector}._domainkey.{domain}"
            other = first.setdefault(key.public, name)
            if other != name:
                fact = f"`{name}` publishes the same key as `{other}`"
                hint = f"remove the keys of `{domain}`, run `mailspec secret fill`, and publish the new records"
                yield Advice(("dkim", domain, selector), fact, hint, name, on_key=True)
