"""Render the trees of all servers; runs on the controller alone, as an action plugin."""

DOCUMENTATION = """
module: mailspec_render
short_description: Render the trees of all servers
description:
  - Reads the spec, renders every server's tree and keeps them in a private directory of this run.
  - Runs on the controller, once; holds no secrets.
options:
  spec: {description: The inventory folder with the spec., type: path, required: true}
  templates: {description: A folder of templates to use instead of those of mailspec., type: path}
author: mailspec
"""
