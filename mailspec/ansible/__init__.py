"""The Ansible side: plugins and modules that carry a tree to its server."""
