"""List the generations of a server, or what differs between two of them."""

DOCUMENTATION = """
module: mailspec_generations
short_description: List the generations of a server, or what differs between two of them
description:
  - Changes nothing, and shows no secret.
options:
  before: {description: The generation to compare with., type: int}
  after: {description: The generation that is compared., type: int}
author: mailspec
"""
