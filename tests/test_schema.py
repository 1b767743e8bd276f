"""The schema says of files what the model says, as far as a schema can; judged by another program's validator."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import given

from mailspec.cases.twin import plain
from mailspec.init import Answers, init
from mailspec.load import SECTIONS
from mailspec.model.domain import MailDomain
from mailspec.schema import FOLDER, MODELINE, schema, schemas
from tests.lint.specs import specs
from tests.lint.specs import yaml as written

ROOT = Path(__file__).parent.parent
GOOD = [
    ROOT / "inventories/demo",
    ROOT / "inventories/office",
    *sorted((ROOT / "tests/golden").glob("*/spec")),
]
REFUSED = {
    "bad-address",
    "bad-day",
    "bad-domain",
    "bad-ip",
    "bad-key",
    "bad-selector",
    "bad-silence",
    "bad-unit",
    "missing-key",
    "out-of-range",
    "plain-secret",
    "secret-name",
    "too-long-a-text",
    "unknown-key",
    "unknown-value",
    "unsafe-text",
    "wrong-type",
    "wrong-type-of-a-file",
}
"""Cases of tests/errors that a schema can express."""


class _Loader(yaml.SafeLoader):
    """YAML as an editor reads it, with the tag of the settings."""


def _text(loader: yaml.SafeLoader, node: yaml.Node) -> Any:
    return loader.construct_scalar(node) if isinstance(node, yaml.ScalarNode) else None


_Loader.add_constructor("!secret", _text)
_Loader.add_constructor("tag:yaml.org,2002:timestamp", _text)  # to YAML 1.2, and so to editors, a day is a text


def validator(part: str = "") -> jsonschema.Draft7Validator:
    return jsonschema.Draft7Validator(schema(part))


def mistakes(folder: Path) -> list[str]:
    """What the validator finds in the files of a spec, each judged by the schema of its kind."""
    found = []
    for path in sorted(folder.rglob("*.yml")):
        part = "" if path.name == "mail.yml" and path.parent == folder else path.parent.name
        if part in {"", *SECTIONS}:
            data = yaml.load(path.read_text(encoding="utf-8"), _Loader)  # noqa: S506 - a safe loader with one more tag
            found += [f"{path.name}: {error.message}" for error in validator(part).iter_errors(data)]
    return found


@pytest.mark.parametrize("name", schemas())
def test_schema_is_one(name: str) -> None:
    jsonschema.Draft7Validator.check_schema(schemas()[name])


@pytest.mark.parametrize("folder", GOOD, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_good_spec_passes(folder: Path) -> None:
    assert mistakes(folder) == []


def test_what_init_writes_passes_and_names_its_schema(tmp_path: Path) -> None:
    folder = tmp_path / "first"
    init(folder, Answers("bücher.example", "mx1.bücher.example", "alice", ("198.51.100.25",), "a long password"))
    assert mistakes(folder) == []
    assert (folder / "mail.yml").read_text(encoding="utf-8").startswith(f"{MODELINE}\n")
    assert json.loads((folder / FOLDER / "mail.json").read_text(encoding="utf-8")) == schema()


@pytest.mark.parametrize("case", sorted(path.name for path in (ROOT / "tests/errors").iterdir()))
def test_wrong_spec_is_refused_where_a_schema_can_say_so(case: str) -> None:
    try:
        found = mistakes(ROOT / "tests/errors" / case)
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        return  # no YAML at all
    assert bool(found) or case not in REFUSED


@given(specs())
def test_every_valid_spec_passes(spec: MailDomain) -> None:
    data = yaml.load(written(plain(spec)), _Loader)  # noqa: S506 - a safe loader with one more tag
    assert list(validator().iter_errors(data)) == []


def _nodes() -> list[tuple[str, dict[str, Any]]]:
    whole = schema()
    parts = [("mail.yml", whole), *whole["definitions"].items()]
    return [(f"{name}.{key}", node) for name, part in parts for key, node in part.get("properties", {}).items()]


@pytest.mark.parametrize(("key", "node"), _nodes(), ids=lambda value: value if isinstance(value, str) else "")
def test_every_key_has_a_description_and_an_example_that_fits(key: str, node: dict[str, Any]) -> None:
    assert node["description"], key
    assert node["examples"], f"add an example of {key} to mailspec/examples.py"
    for example in node["examples"]:
        jsonschema.Draft7Validator({**node, "definitions": schema()["definitions"]}).validate(example)


@pytest.mark.parametrize("example", ["demo", "office"])
def test_schemas_of_the_examples_are_current(example: str) -> None:
    folder = ROOT / "inventories" / example / FOLDER
    assert {path.name for path in folder.iterdir()} == set(schemas()), "run script/docs"
    for name, found in schemas().items():
        assert json.loads((folder / name).read_text(encoding="utf-8")) == found, "run script/docs"
    assert (folder.parent / "mail.yml").read_text(encoding="utf-8").startswith(f"{MODELINE}\n")
