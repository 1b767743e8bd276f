# Managed by mailspec: change the spec or templates/common/etc/dovecot/sieve/junk.sieve.j2, not this file.

require "fileinto";

# Runs before the user's own scripts; for marked mail they do not run at all, so that no vacation reply answers spam.
if header :is "X-Spam" "Yes" {
    fileinto "Junk";
    stop;
}
