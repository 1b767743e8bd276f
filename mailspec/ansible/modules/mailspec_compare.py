"""Compare a server with its tree."""

DOCUMENTATION = """
module: mailspec_compare
short_description: Compare a server with its tree
description:
  - Asks the server, in one call, what differs from the tree that C(mailspec_render) made.
  - Undoes a switch that did not end. Changes nothing else, but keeps other runs away when something differs.
  - Fails when managed files were changed by hand, unless they may be replaced.
  - Fails when a new account has the name of a removed one whose mailbox is still there, unless it is to have it.
options:
  hand_edits:
    description: What to do about hand edits, instead of what the spec says.
    type: str
    choices: [stop, replace]
  restore:
    description: Accounts that may have the mailbox of a removed one of their name, with commas between them.
    type: str
author: mailspec
"""
