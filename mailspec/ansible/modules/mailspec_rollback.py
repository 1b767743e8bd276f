"""Bring a server back to an earlier generation."""

DOCUMENTATION = """
module: mailspec_rollback
short_description: Bring a server back to an earlier generation
description:
  - Files and rows become those of an earlier generation, through the same checks, switch and health as a converge.
  - Mail, and passwords that users changed, stay as they are.
options:
  confirm: {description: Seconds until a new firewall goes back unless it is confirmed., type: int, default: 60}
  generation: {description: The number of the generation; the previous one by default., type: int}
author: mailspec
"""
