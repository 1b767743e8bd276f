"""The DNS records of a mail domain: one module a record type, each record with its reason."""

from .record import Record
from .registry import records
from .table import table
from .zone import reverse_zones, zone, zone_names, zones

__all__ = ["Record", "policies", "records", "reverse_zones", "table", "zone", "zone_names", "zones"]
