#!/usr/bin/python
"""What every call sends to a server: it finds the program that does the work, or asks for it.

Ansible puts the arguments into this text and sends it as it is (a JSON-args module): it packs nothing, and the server
compiles nothing, as the program is there from an earlier run.
"""

import json
import os
import sys
import time
from pathlib import Path

DOCUMENTATION = """
module: mailspec_host
short_description: Do a piece of work on a server
description:
  - What the actions of mailspec ask of a server; a playbook uses those.
options:
  work: {description: What to do., type: str, required: true}
  payload: {description: What it needs to know, packed., type: str, required: true}
  program: {description: The digest of the program that does it., type: str, required: true}
  parcel: {description: "That program, for a server that has said it does not know it.", type: str, default: ""}
author: mailspec
"""

ASKED = json.loads(r"""<<INCLUDE_ANSIBLE_MODULE_JSON_ARGS>>""")
RUNTIME = Path("/run")
NAME = "mailspec-program-"
DAY = 86400


def unpack(folder: Path) -> None:
    """Put the program there, all of it at once, and remove other versions that nobody has used for a day."""
    import base64
    import io
    import shutil
    import tempfile
    import zipfile

    for other in RUNTIME.glob(f"{NAME}*"):
        if other.stat().st_mtime < time.time() - DAY:
            shutil.rmtree(other, ignore_errors=True)
    made = Path(tempfile.mkdtemp(dir=RUNTIME, prefix=NAME))
    try:
        with zipfile.ZipFile(io.BytesIO(base64.b64decode(ASKED["parcel"]))) as bundle:
            bundle.extractall(made)
        made.rename(folder)
    except OSError:
        shutil.rmtree(made, ignore_errors=True)
        if not folder.is_dir():  # it is when another run was quicker
            raise


def main() -> None:
    """Do what is asked; answer `unknown` where the program is not here."""
    folder = RUNTIME / f"{NAME}{ASKED['program']}"
    try:
        if not folder.is_dir():
            if not ASKED["parcel"]:
                print(json.dumps({"unknown": True}))
                return
            unpack(folder)
        os.utime(folder)
    except OSError as error:
        print(json.dumps({"failed": True, "msg": str(error)}))
        return
    sys.path.insert(0, str(folder))
    from mailspec.server import door

    door.main(ASKED["work"], ASKED["payload"], ASKED["_ansible_check_mode"])


main()
