"""Golden cases: what a spec becomes, file by file; a folder here is a case.

`script/golden` writes `tree/` and `zone/` of every case again. Read the diff before it is committed: it is what a
server would get.
"""

import tempfile
from pathlib import Path

from mailspec.dns import reverse_zones, zones
from mailspec.load import load
from mailspec.model.domain import MailDomain
from mailspec.mta_sts import policies
from mailspec.render import render

FOLDER = Path(__file__).parent


def cases() -> list[str]:
    """The names of the cases."""
    return sorted(path.parent.parent.name for path in FOLDER.glob("*/spec/mail.yml"))


def made(case: str) -> dict[str, str]:
    """What the spec of a case becomes now, by path below its folder."""
    spec = load(FOLDER / case / "spec")
    found = {f"zone/{name}": text for name, text in (zones(spec) | reverse_zones(spec) | _web(spec)).items()}
    with tempfile.TemporaryDirectory() as directory:
        for server in spec.servers:
            render(spec, server).write(Path(directory))
        found |= {f"tree/{path}": text for path, text in _texts(Path(directory)).items()}
    return found


def _web(spec: MailDomain) -> dict[str, str]:
    """What the records lead to on web servers, with the ends of line that git keeps."""
    return {path.replace("/", "_"): text.replace("\r\n", "\n") for path, text in policies(spec).items()}


def kept(case: str) -> dict[str, str]:
    """What is committed for a case."""
    folder = FOLDER / case
    return {f"{part}/{path}": text for part in ("tree", "zone") for path, text in _texts(folder / part).items()}


def _texts(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in files}
