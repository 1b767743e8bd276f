"""TLS as cases."""

from mailspec.cases.case import Tls

from ..specs import build
from .pick import ids, pick


def test_old_versions_are_refused_and_new_ones_taken() -> None:
    taken = {version: pick(build(), f"tls/993/{version}", Tls).accepted for version in ("TLSv1.1", "TLSv1.2")}
    assert taken == {"TLSv1.1": False, "TLSv1.2": True}


def test_every_port_is_tried_without_tls() -> None:
    ports = [name.rpartition("/")[2] for name in ids(build(), "plain-text/")]
    assert ports == ["25", "465", "587", "993", "995", "4190"]
