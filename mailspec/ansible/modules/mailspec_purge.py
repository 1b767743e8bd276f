"""Show the mailboxes of removed accounts, and delete those that are named."""

DOCUMENTATION = """
module: mailspec_purge
short_description: Show the mailboxes of removed accounts, and delete those that are named
description:
  - Shows each tombstone of the server with its age and size.
  - Deletes the mailboxes that are named, with the passwords their users set; what was deleted can not come back.
options:
  early: {description: Whether one that is named may be younger than the retention time., type: bool, default: false}
  logins: {description: "Their names with commas between them, or C(expired) for all that are old enough.", type: str}
author: mailspec
"""
