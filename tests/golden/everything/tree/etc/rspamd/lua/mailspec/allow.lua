-- Managed by mailspec: change the spec or templates/common/etc/rspamd/lua/mailspec/allow.lua.j2, not this file.

-- Senders the spec trusts whatever the score, as long as SPF, DKIM or DMARC proves the From header.
local mailbox = require 'mailspec.mailbox'
local proof = require 'mailspec.proof'
local verdict = require 'mailspec.verdict'

local allowed = rspamd_config:add_map({
  url = '/etc/rspamd/maps.d/mailspec-allow.map',
  type = 'set',
  description = 'senders allowed',
})

local function check(task)
  local user, domain = mailbox.author(task)
  if not user or task:get_user() then
    return
  end
  if (allowed:get_key(user .. '@' .. domain) or allowed:get_key(domain)) and proof.of(task, domain) then
    verdict.pass(task, 'allow', 'allowed sender')
  end
end

-- Before greylisting (5).
rspamd_config:register_symbol({
  name = 'ALLOW_RULE',
  type = 'postfilter',
  priority = 2,
  callback = verdict.guarded('allow', check),
})
