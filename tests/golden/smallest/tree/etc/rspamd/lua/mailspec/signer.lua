-- Managed by mailspec: change the spec or templates/common/etc/rspamd/lua/mailspec/signer.lua.j2, not this file.

-- Which domain signs a message that leaves.
local signer = {}

local HOST = 'mx1.example.org'
local HOST_SIGNS_AS = 'example.org'

function signer.domain(task)
  -- What Sieve redirects came from a stranger: not ours to vouch for.
  if not task:get_user() and task:get_header('Received') then
    return nil
  end
  local author = (task:get_from('mime') or {})[1]
  local domain = author and author.domain:lower()
  return domain == HOST and HOST_SIGNS_AS or domain
end

return signer
