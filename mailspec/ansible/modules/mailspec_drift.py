"""Compare a server with its current generation."""

DOCUMENTATION = """
module: mailspec_drift
short_description: Compare a server with its current generation
description:
  - Names every file, row, service, port and firewall rule that differs from what the last converge left there.
  - Changes nothing, fails when there is a difference.
options:
  json: {description: A file on the controller for the report of all servers., type: path}
author: mailspec
"""
