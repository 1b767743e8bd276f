-- Managed by mailspec: change the spec or templates/common/etc/rspamd/lua/mailspec/list.lua.j2, not this file.

-- Who may post to a list. A user counts by the login; a stranger by the From header once DMARC has
-- passed; an address of ours without a login, and MAIL FROM alone, count for nothing.
local lookup = require 'mailspec.lookup'
local mailbox = require 'mailspec.mailbox'
local verdict = require 'mailspec.verdict'

local LISTS = [[
  SELECT l.list FROM domain d JOIN list l ON l.address IN (?1 || '@' || d.canonical, ?2 || '@' || d.canonical)
  WHERE d.name = ?3
]]
local POSTER = 'SELECT 1 FROM poster WHERE list = ?1 AND address IN (?2, ?3)'
local OURS = 'SELECT 1 FROM domain WHERE name = ?1'

-- The address that counts, and the domain all of whose users may count; nil if there is none.
local function poster(task, ask)
  local login = task:get_user()
  if login then
    return login:lower(), login:lower():match('@.*$')
  end
  local user, domain = mailbox.author(task)
  if user and #ask(OURS, domain) == 0 then
    return user .. '@' .. domain
  end
end

-- The first list of the recipients to which the message may not go, and whether DMARC may change that.
local function closed_list(task, ask)
  local address, domain = poster(task, ask)
  for _, recipient in ipairs(mailbox.recipients(task)) do
    local name, plain = mailbox.names(recipient.user)
    for _, row in ipairs(ask(LISTS, name, plain, recipient.domain)) do
      local may = address and #ask(POSTER, row[1], address, domain or '') > 0
      if not may then
        return { name = row[1] }
      elseif not task:get_user() and not task:has_symbol('DMARC_POLICY_ALLOW') then
        -- Greylisting ends a scan before DMARC is known; the message comes again.
        local early = task:get_metric_action() == 'soft reject'
        return { name = row[1], unsure = early or task:has_symbol('DMARC_DNSFAIL') }
      end
    end
  end
end

local function check(task)
  local ok, closed = lookup.read(function(ask)
    return closed_list(task, ask)
  end)
  if not ok then
    error(closed)
  elseif closed and closed.unsure then
    verdict.defer(task, 'list', 'Cannot verify the sender for ' .. closed.name .. ', try again later')
  elseif closed then
    verdict.refuse(task, 'list', 'You may not post to ' .. closed.name)
  end
end

-- Before greylisting (5), which should not delay what is refused.
rspamd_config:register_symbol({
  name = 'LIST_RULE',
  type = 'postfilter',
  priority = 1,
  flags = 'ignore_passthrough',
  callback = verdict.guarded('list', check),
})
