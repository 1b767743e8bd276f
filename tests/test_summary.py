"""The closing line of script/test."""

from tests.summary import summary

UNIT = '<testsuites><testsuite tests="10" failures="1" errors="0" skipped="2" time="3.5"/></testsuites>'
CASES = '<testsuites><testsuite tests="5" failures="0" errors="0" skipped="0" time="6.5"/></testsuites>'


def test_runs_are_added_up() -> None:
    assert summary([UNIT, CASES]).strip("= ") == "1 failed, 12 passed, 2 skipped in 10.00s"


def test_good_run_reads_like_pytest() -> None:
    assert summary([CASES]).strip("= ") == "5 passed in 6.50s"


FAILED = """<testsuites><testsuite tests="1" failures="1" errors="0" skipped="0" time="1" timestamp="2026-01-01">
<testcase classname="cases.quota" name="test_full"><failure message="short">assert 552 == 250</failure></testcase>
</testsuite></testsuites>"""


def test_failed_test_is_told_whole() -> None:
    told = summary([FAILED, CASES])
    assert "cases.quota.test_full (2026-01-01)" in told
    assert "assert 552 == 250" in told
    assert told.endswith("=")
