-- Managed by mailspec: change the spec or templates/common/etc/rspamd/lua/mailspec/signer.lua.j2, not this file.

-- Which domain signs a message that leaves.
local copy = require 'mailspec.copy'

local signer = {}

local HOST = 'mail.hoster.example'
local HOST_SIGNS_AS = 'example.org'

function signer.domain(task)
  local author = (task:get_from('mime') or {})[1]
  local domain = author and author.domain:lower()
  -- A list signs for authors elsewhere; one of ours has logged in, or the list had refused the post.
  local list = copy.list(task)
  if list then
    return copy.is_ours(task, domain) and domain or list:match('@(.*)$')
  end
  -- What Sieve redirects came from a stranger: not ours to vouch for.
  if not task:get_user() and task:get_header('Received') then
    return nil
  end
  return domain == HOST and HOST_SIGNS_AS or domain
end

return signer
