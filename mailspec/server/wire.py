"""How data travels between controller and server: compressed, and as one string that no log shows."""

import base64
import json
import zlib
from typing import Any


def pack(data: Any) -> str:
    """Plain data as one line of text."""
    return base64.b64encode(zlib.compress(json.dumps(data).encode(), 6)).decode()


def unpack(text: str) -> Any:
    """The data that `pack` packed."""
    return json.loads(zlib.decompress(base64.b64decode(text)))
