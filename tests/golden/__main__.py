"""Write the expected files of every golden case again."""

import shutil

from tests.golden import FOLDER, cases, made

for case in cases():
    for part in ("tree", "zone"):
        shutil.rmtree(FOLDER / case / part, ignore_errors=True)
    for path, text in made(case).items():
        target = FOLDER / case / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
