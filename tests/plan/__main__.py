"""Write what every case expects again."""

import tempfile
from pathlib import Path

from tests.plan import FOLDER, cases, planned, told

for case in cases():
    with tempfile.TemporaryDirectory() as work:
        (FOLDER / case / "expected.txt").write_text(told(planned(case, Path(work))), encoding="utf-8")
