"""Tests of the case generators and of the judge; the cases themselves need a running server."""
