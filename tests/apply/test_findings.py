from pathlib import Path

from mailspec.server.findings import place, placed


def staged(folder: Path, text: str) -> Path:
    (folder / "service").mkdir()
    (folder / "service/main.conf").write_text(text)
    return folder


FILES = ["/etc/service/main.conf"]


def test_words_that_name_the_line_are_believed(tmp_path: Path) -> None:
    said = "/etc/service/main.conf:7: unknown keyword"
    assert place(said, tmp_path, FILES) == {"path": FILES[0], "line": 7}


def test_a_name_that_stands_on_one_line_is_that_line(tmp_path: Path) -> None:
    etc = staged(tmp_path, "# a comment about big_size\nsmall_size = 1\nbig_size = 2\n")
    assert place("warning: unknown name big_size", etc, FILES)["line"] == 3


def test_plain_english_counts_only_where_a_line_begins_with_it(tmp_path: Path) -> None:
    etc = staged(tmp_path, "policy may answer here\nanswer 1\n")
    assert place("no answer from the daemon", etc, FILES)["line"] == 2
    assert place("policy may be wrong here", etc, FILES)["line"] == 1
    assert place("something else", etc, FILES) == {"path": "", "line": 0}


def test_the_same_words_of_two_processes_are_one_finding(tmp_path: Path) -> None:
    said = [["service", "process 4711 failed"], ["service", "process 4712 failed"]]
    assert len(placed(said, tmp_path, {"service": FILES})) == 1


def test_the_directory_of_the_check_is_shown_as_etc(tmp_path: Path) -> None:
    said = [["service", f"{tmp_path}/service/main.conf: no such name"]]
    assert placed(said, tmp_path, {"service": FILES})[0]["text"] == "/etc/service/main.conf: no such name"
