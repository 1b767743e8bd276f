"""Prove the staged tree with throw-away daemons."""

DOCUMENTATION = """
module: mailspec_canary
short_description: Prove the staged tree with throw-away daemons
description:
  - Starts Unbound, the store, Rspamd, Dovecot and Postfix with the staged files in namespaces of their own.
  - They must sign, deliver and refuse what they are there for, and say nothing unexpected.
  - Nothing of it touches what runs on the server, and nothing stays.
options: {}
author: mailspec
"""
