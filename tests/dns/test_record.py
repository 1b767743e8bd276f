"""Text reaches DNS as it is, whatever it holds."""

import dns.rdata
import dns.rdataclass
import dns.rdtypes.ANY.TXT
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailspec.dns.record import record, txt


@given(st.text())
def test_any_text_is_read_back_unchanged(value: str) -> None:
    (data,) = txt("example.org", value, "").values
    read = dns.rdata.from_text(dns.rdataclass.IN, "TXT", data)
    assert isinstance(read, dns.rdtypes.ANY.TXT.TXT)
    assert b"".join(read.strings) == value.encode()
    assert all(len(string) <= 255 for string in read.strings)
    assert data.isascii()
    assert "\n" not in data


def test_long_text_is_split_where_a_string_is_full() -> None:
    (data,) = txt("example.org", "x" * 256, "").values
    assert data == f'"{"x" * 255}" "x"'


def test_values_of_a_set_are_sorted() -> None:
    assert record("a.example", "A", ["198.51.100.9", "198.51.100.10"], "").values == ("198.51.100.10", "198.51.100.9")


def test_data_of_the_wrong_type_is_refused() -> None:
    with pytest.raises(dns.exception.SyntaxError):
        record("a.example", "A", ["2001:db8::1"], "")
