-- Managed by mailspec: change the spec or templates/common/etc/rspamd/lua/mailspec/role.lua.j2, not this file.

-- Mail of strangers to postmaster and abuse is never refused for what it holds (RFC 5321, 4.5.1).
-- It has to go to them alone, or spam for others would travel along.
local mailbox = require 'mailspec.mailbox'
local verdict = require 'mailspec.verdict'

local ROLES = { abuse = true, postmaster = true }

local function check(task)
  if task:get_user() then
    return
  end
  -- A bare <postmaster> is no address to Rspamd: it sees no recipient at all.
  for _, recipient in ipairs(mailbox.recipients(task)) do
    local _, plain = mailbox.names(recipient.user)
    if not ROLES[plain] then
      return
    end
  end
  verdict.pass(task, 'role', 'for postmaster or abuse')
end

-- A connfilter: it runs before the message is read, and GTUBE found there stops everything else.
rspamd_config:register_symbol({
  name = 'ROLE_RULE',
  type = 'connfilter',
  priority = 10,
  callback = verdict.guarded('role', check),
})
