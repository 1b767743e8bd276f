"""An edit of a file changes one entry: all else stays, byte for byte, whatever the layout is."""

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from mailspec.edit.sheet import Sheet
from mailspec.edit.splice import compose, end_of, line_end
from mailspec.problem import KeyPath, SpecError
from mailspec.reader.parse import Reader
from mailspec.reader.reading import SpecFile
from tests.edit.strategies import ITEMS, files, values
from tests.examples import examples


def sheet(text: str) -> Sheet:
    reader = Reader(text.replace("\r\n", "\n"), "mail.yml")
    assert reader.problems == []
    return Sheet(SpecFile(Path("mail.yml"), "mail.yml", (), text, reader.data, reader.starts))


def meaning(text: str) -> Any:
    """The data, by our reader and by another one that also keeps the order."""
    reader = Reader(text, "mail.yml")
    assert reader.problems == [], text
    assert list(YAML().load(text)) == list(reader.data)
    return reader.data


def around(text: str, path: KeyPath) -> list[str]:
    """The lines before and after an entry."""
    root = compose(text)
    section = next(value for key, value in root.value if key.value == path[0])
    key, value = next((key, value) for key, value in section.value if key.value == path[1])
    return [text[: text.rfind("\n", 0, key.start_mark.index) + 1], text[line_end(text, end_of(text, value)) :]]


def comments(text: str) -> set[str]:
    return set(re.findall(r"# (?:c\d+\.|end\.|head)", text))


@st.composite
def places(draw: st.DrawFn) -> tuple[str, dict[str, Any], KeyPath]:
    text, data = draw(files())
    section = draw(st.sampled_from(("accounts", "lists")))
    return text, data, (section, draw(st.sampled_from(sorted(data[section]))))


@given(places(), st.sampled_from(("name", "aliases", "new", "1")), values())
@settings(max_examples=examples(100))
def test_value_is_set_and_every_other_line_stays(
    found: tuple[str, dict[str, Any], KeyPath], key: str, value: Any
) -> None:
    text, data, path = found
    edited = sheet(text)
    edited.put((*path, key), value)
    new = edited.text()
    data[str(path[0])][path[1]][key] = value
    assert meaning(new) == data
    assert around(new, path) == around(text, path)


@given(places(), st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Co", "Cn")), min_size=1))
@settings(max_examples=examples(100))
def test_any_text_is_written_so_that_it_is_read_back(found: tuple[str, dict[str, Any], KeyPath], value: str) -> None:
    text, data, path = found
    edited = sheet(text)
    edited.put((*path, "name"), value)
    data[str(path[0])][path[1]]["name"] = value
    assert meaning(edited.text()) == data


@given(places(), st.lists(st.sampled_from(ITEMS), unique=True, max_size=5))
@settings(max_examples=examples(100))
def test_items_that_stay_keep_their_place(found: tuple[str, dict[str, Any], KeyPath], items: list[str]) -> None:
    text, data, path = found
    before = data[str(path[0])][path[1]].get("aliases")
    old = before if isinstance(before, list) else []
    wanted = [*(item for item in old if item in items), *(item for item in items if item not in old)]
    edited = sheet(text)
    edited.put((*path, "aliases"), wanted)
    data[str(path[0])][path[1]]["aliases"] = wanted
    assert meaning(edited.text()) == data
    assert around(edited.text(), path) == around(text, path)
    if set(old) <= set(items) and (old or before is None):
        assert comments(edited.text()) == comments(text)


@given(places(), st.data())
@settings(max_examples=examples(100))
def test_key_goes_alone(found: tuple[str, dict[str, Any], KeyPath], more: st.DataObject) -> None:
    text, data, path = found
    key = more.draw(st.sampled_from(sorted(data[str(path[0])][path[1]])))
    edited = sheet(text)
    edited.drop((*path, key))
    del data[str(path[0])][path[1]][key]
    assert meaning(edited.text()) == data
    assert around(edited.text(), path) == around(text, path)


@given(places())
@settings(max_examples=examples(100))
def test_entry_goes_and_the_others_stay(found: tuple[str, dict[str, Any], KeyPath]) -> None:
    text, data, path = found
    edited = sheet(text)
    edited.drop(path)
    del data[str(path[0])][path[1]]
    assert meaning(edited.text()) == data
    before, after = around(text, path)
    if data[str(path[0])]:
        assert edited.text() == before + after.removeprefix("\n")
    assert comments(edited.text()) >= comments(before) | comments(after)


@given(places(), st.dictionaries(st.sampled_from(("name", "aliases", "5")), values(), min_size=1))
@settings(max_examples=examples(100))
def test_entry_comes_last_and_the_others_stay(
    found: tuple[str, dict[str, Any], KeyPath], entry: dict[str, Any]
) -> None:
    text, data, (section, _) = found
    edited = sheet(text)
    edited.put((section, "zoe"), entry)
    edited.put((section, "zoe2"), entry)
    new = edited.text()
    data[str(section)] |= {"zoe": entry, "zoe2": entry}
    assert meaning(new) == data
    assert comments(new) == comments(text)
    start = next((n for n, pair in enumerate(zip(text, new, strict=False)) if pair[0] != pair[1]), len(text))
    assert new.endswith(text[start:])


@given(places(), st.sampled_from(("zoe", "7", "yes", "x@y.example")))
@settings(max_examples=examples(100))
def test_name_changes_and_nothing_else(found: tuple[str, dict[str, Any], KeyPath], name: str) -> None:
    text, data, path = found
    edited = sheet(text)
    edited.rename(path, name)
    section = data[str(path[0])]
    section[name] = section.pop(path[1])
    assert meaning(edited.text()) == data
    assert around(edited.text(), (path[0], name)) == around(text, path)
    edited.rename((path[0], name), str(path[1]))
    assert meaning(edited.text())[path[0]].keys() == {*section.keys() - {name}, path[1]}


@given(places())
@settings(max_examples=examples(100))
def test_line_ends_of_windows_stay(found: tuple[str, dict[str, Any], KeyPath]) -> None:
    text, data, path = found
    edited = sheet(text.replace("\n", "\r\n"))
    edited.put((*path, "new"), "x")
    new = edited.text()
    data[str(path[0])][path[1]]["new"] = "x"
    assert meaning(new.replace("\r\n", "\n")) == data
    assert new.count("\n") == new.count("\r\n")


def test_file_in_one_pair_of_braces_is_edited_there() -> None:
    edited = sheet("{mailspec: 1, accounts: {alice: {name: x}}}  # all\n")
    edited.put(("accounts", "bob"), {"quota": "1G"})
    assert edited.text() == "{mailspec: 1, accounts: {alice: {name: x}, bob: {quota: 1G}}}  # all\n"


@pytest.mark.parametrize("text", ["mailspec: 1\r\ntls: {}\n", "mailspec: 1\rtls: {}\n"])
def test_file_whose_lines_end_in_different_ways_is_left_alone(text: str) -> None:
    with pytest.raises(SpecError, match="unusual-layout"):
        sheet(text)
