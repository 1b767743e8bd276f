"""The program of a server as it travels: the first run sends it, and those that follow send its name."""

import base64
import hashlib
import io
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from .. import server

_FOLDER = Path(server.__file__).parent


@cache
def name() -> str:
    """The name of this version of the program: a digest of its files."""
    found = hashlib.blake2b(digest_size=16)
    for path, text in _files():
        found.update(b"%s\0%d\0%s" % (path.encode(), len(text), text))
    return found.hexdigest()


def content() -> str:
    """The program as a packed archive, in one string."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as bundle:
        for path, text in _files():
            bundle.writestr(path, text)
    return base64.b64encode(data.getvalue()).decode()


def _files() -> Iterator[tuple[str, bytes]]:
    """Where each file goes on a server, and what is in it; it needs nothing else of this package."""
    yield "mailspec/__init__.py", b""
    for path in sorted(_FOLDER.rglob("*.py")):
        yield f"mailspec/server/{path.relative_to(_FOLDER).as_posix()}", path.read_bytes()
