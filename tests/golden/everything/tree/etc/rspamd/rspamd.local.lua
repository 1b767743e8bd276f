-- Managed by mailspec: change the spec or templates/common/etc/rspamd/rspamd.local.lua.j2, not this file.

-- Rules of this mail domain; each file says who is refused and why.
require('mailspec.allow')
require('mailspec.copy')
require('mailspec.deny')
require('mailspec.list')
require('mailspec.loop')
require('mailspec.role')
require('mailspec.sender')
require('mailspec.sending')
require('mailspec.linger')

-- A rule of the package asks for two symbols of multimap, which is off.
for _, name in ipairs({ 'FREEMAIL_FROM', 'FREEMAIL_REPLYTO' }) do
  rspamd_config:register_symbol({ name = name, score = 0.0, callback = function() end })
end
