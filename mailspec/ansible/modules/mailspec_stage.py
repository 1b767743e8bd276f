"""Stage and check the files of one service."""

DOCUMENTATION = """
module: mailspec_stage
short_description: Stage and check the files of one service
description:
  - Sends the files that differ to a private directory on the server and lets the service's own checker read them.
  - Nothing is live before C(mailspec_switch).
options:
  service: {description: The service whose files are staged., type: str, required: true}
  units: {description: The systemd units that run it., type: list, elements: str, default: []}
  prepare: {description: Commands that come before the check; C({etc}) is /etc as it will be., type: list, default: []}
  check: {description: Commands that must find nothing wrong., type: list, default: []}
  harmless: {description: Patterns of output that is no finding., type: list, elements: str, default: []}
  apply: {description: Commands that come after the files are live., type: list, default: []}
  reload: {description: The command that makes it read its files., type: list, elements: str, default: []}
  restart_on:
    description: Patterns of files for which a reload is not enough; C(path#pattern) means some lines of one.
    type: list
    elements: str
    default: []
  confirm: {description: Whether a change may shut the controller out., type: bool, default: false}
  watch: {description: Patterns of files of other services it reads too., type: list, elements: str, default: []}
  listen: {description: Ports and sockets where it must answer., type: list, elements: str, default: []}
  probe: {description: Commands that must succeed once it runs., type: list, default: []}
  folders: {description: Patterns of folders where only its files belong., type: list, elements: str, default: []}
  grown: {description: Patterns of files there that it makes itself., type: list, elements: str, default: []}
author: mailspec
"""
