"""Measurements, some of them of a running lab: each pairs two commands and prints their ratio."""
