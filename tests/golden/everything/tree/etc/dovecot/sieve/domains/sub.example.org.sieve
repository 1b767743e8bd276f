# Managed by mailspec: change the spec or templates/common/etc/dovecot/sieve/{script.kind}/{script.name}.sieve.j2, not this file.

require "copy";
redirect :copy "archive@example.com";
