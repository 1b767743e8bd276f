"""Switch a server to what was staged."""

DOCUMENTATION = """
module: mailspec_switch
short_description: Switch a server to what was staged
description:
  - Makes the staged files and the changed rows live together, reloads the services and sees that they are well.
  - When they are not, everything goes back and the task fails with the services' own words.
options:
  confirm: {description: Seconds until a new firewall goes back unless it is confirmed., type: int, default: 60}
author: mailspec
"""
