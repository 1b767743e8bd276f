"""Set passwords that belong to their users."""

DOCUMENTATION = """
module: mailspec_passwd
short_description: Set passwords that belong to their users
description:
  - A password set here works at once and takes the place of the initial one; no converge and no rollback takes it back.
  - Sessions of the account end.
options:
  answers: {description: A folder for what each server answers., type: path}
  passwords:
    description: A file on the controller with a line for each account, its address and a hash with its {SCHEME}.
    type: path
    required: true
author: mailspec
"""
