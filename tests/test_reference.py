"""The reference is what the model and the commands say today."""

import pytest

from mailspec.model.domain import MailDomain
from tests.reference import FOLDER, pages


@pytest.mark.parametrize("name", pages())
def test_reference_is_current(name: str) -> None:
    assert (FOLDER / name).read_text() == pages()[name], "run script/docs"


def test_no_other_page_is_there() -> None:
    measured = {"figures.md"}
    assert {path.name for path in FOLDER.iterdir()} == set(pages()) | measured


def test_every_key_of_the_spec_is_described() -> None:
    text = pages()["spec.md"]
    assert all(f"| `{name}` |" in text for name in MailDomain.model_fields)
    assert "None" not in text
