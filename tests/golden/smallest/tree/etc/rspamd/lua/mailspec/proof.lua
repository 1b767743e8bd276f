-- Managed by mailspec: change the spec or templates/common/etc/rspamd/lua/mailspec/proof.lua.j2, not this file.

-- Whether SPF, DKIM or DMARC proves the domain of an author.
local util = require 'rspamd_util'

local proof = {}

-- Whether two names share their organisational domain (relaxed alignment of DMARC).
local function aligned(one, other)
  return util.get_tld(one:lower()) == util.get_tld(other)
end

function proof.of(task, domain)
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

return proof
