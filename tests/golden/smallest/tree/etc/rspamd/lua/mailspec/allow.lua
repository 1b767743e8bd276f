-- Managed by mailspec: change the spec or templates/common/etc/rspamd/lua/mailspec/allow.lua.j2, not this file.

-- Senders the spec trusts whatever the score, as long as SPF, DKIM or DMARC proves the From header.
local mailbox = require 'mailspec.mailbox'
local util = require 'rspamd_util'
local verdict = require 'mailspec.verdict'

local allowed = rspamd_config:add_map({
  url = '/etc/rspamd/maps.d/mailspec-allow.map',
  type = 'set',
  description = 'senders allowed',
})

-- Whether two names share their organisational domain (relaxed alignment of DMARC).
local function aligned(one, other)
  return util.get_tld(one:lower()) == util.get_tld(other)
end

local function proved(task, domain)
  if task:has_symbol('DMARC_POLICY_ALLOW') then
    return true
  end
  local envelope = (task:get_from('smtp') or {})[1]
  if task:has_symbol('R_SPF_ALLOW') and envelope and aligned(envelope.domain, domain) then
    return true
  end
  local trace = (task:get_symbol('DKIM_TRACE') or {})[1] or {}
  for _, result in ipairs(trace.options or {}) do
    local signer = result:match('^(.*):%+$')
    if signer and aligned(signer, domain) then
      return true
    end
  end
  return false
end

local function check(task)
  local user, domain = mailbox.author(task)
  if not user or task:get_user() then
    return
  end
  if (allowed:get_key(user .. '@' .. domain) or allowed:get_key(domain)) and proved(task, domain) then
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
