"""Pytest plugin: the cases of a spec as tests, run with real mail.

pytest -p mailspec.cases.plugin --spec FOLDER --lab build/lab/NAME/lab.json
"""

import os
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from ..load import load
from .case import Case
from .catalogue import catalogue
from .run import Run, SilentError
from .site import Site, World

_PROOF = Path(__file__).with_name("proof.py")
_OPTIONS = {
    "spec": "the folder of the spec, with vault and passwords.json (or MAILSPEC_SPEC)",
    "lab": "the description of the closed network, lab.json (or MAILSPEC_LAB)",
}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options that say what to prove, and where."""
    group = parser.getgroup("mailspec")
    for name, text in _OPTIONS.items():
        group.addoption(f"--{name}", type=Path, default=os.environ.get(f"MAILSPEC_{name.upper()}"), help=text)


def pytest_configure(config: pytest.Config) -> None:
    """Collect the cases beside the paths that were given, or alone."""
    config.addinivalue_line("filterwarnings", "ignore:ssl.TLSVersion:DeprecationWarning")
    for name, text in _OPTIONS.items():
        if not config.getoption(name):
            raise pytest.UsageError(f"--{name} is missing: {text}")
    given = config.args if config.args_source is pytest.Config.ArgsSource.ARGS else []
    config.args = [str(_PROOF), *(path for path in given if Path(path) != _PROOF)]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Make one test of each case."""
    if "case" in metafunc.fixturenames:
        cases = catalogue(load(Path(metafunc.config.getoption("spec"))).on(datetime.now(UTC).date()))
        metafunc.parametrize("case", cases, ids=[case.id for case in cases])


@pytest.fixture(scope="session")
def run(request: pytest.FixtureRequest) -> Iterator[Run]:
    """The run of all selected cases."""
    site = Site(Path(request.config.getoption("spec")), World.read(Path(request.config.getoption("lab"))))
    functions = [item for item in request.session.items if isinstance(item, pytest.Function)]
    given = [item.callspec.params.get("case") for item in functions if hasattr(item, "callspec")]
    cases = [case for case in given if isinstance(case, Case)]
    found = Run(site, cases, _teller(request.config))
    try:
        found.start()
    except SilentError as error:
        pytest.exit(str(error), returncode=1)
    yield found
    found.clean()


def _teller(config: pytest.Config) -> Callable[[str], None]:
    """What shows the progress, past pytest's capture."""
    reporter: Any = config.pluginmanager.get_plugin("terminalreporter")
    capture: Any = config.pluginmanager.get_plugin("capturemanager")
    start = time.monotonic()

    def tell(text: str) -> None:
        with capture.global_and_fixture_disabled():
            reporter.ensure_newline()
            reporter.write_line(f"{time.monotonic() - start:5.0f} s  {text}")

    return tell
