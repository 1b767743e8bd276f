-- Managed by mailspec: change the spec or templates/common/etc/rspamd/lua/mailspec/list.lua.j2, not this file.

-- Who may post to a list. A user counts by the login; a stranger by the From header once DMARC has
-- passed; an address of ours without a login, and MAIL FROM alone, count for nothing.
local lookup = require 'mailspec.lookup'
local mailbox = require 'mailspec.mailbox'
local mailing = require 'mailspec.mailing'
local verdict = require 'mailspec.verdict'

local LISTS = [[
  WITH written AS (
    SELECT canonical, separator, ?1 AS local FROM domain WHERE name = ?3
  ), spelling AS (
    SELECT 1 AS rank, canonical, local, '' AS detail FROM written
    UNION ALL
    SELECT 2, canonical, substr(local, 1, instr(local, '+') - 1), substr(local, instr(local, '+'))
    FROM written WHERE instr(local, '+') > 1
    UNION ALL
    SELECT 3, canonical, substr(local, 1, instr(local, separator) - 1), '+' || substr(local, instr(local, separator) + 1)
    FROM written WHERE separator <> '' AND instr(local, separator) > 1
  ), name AS (
    SELECT rank, local || '@' || canonical AS address, detail FROM spelling
    UNION ALL
    SELECT rank + 3, p.alias, s.detail FROM spelling s JOIN pattern p ON p.domain = s.canonical
    WHERE s.local GLOB p.pattern AND instr(s.local, '+') = 0
  ), hit AS (
    SELECT n.address, n.detail FROM name n
    WHERE EXISTS (SELECT 1 FROM known k WHERE k.address = n.address)
    AND (n.rank <> 3 OR NOT EXISTS (SELECT 1 FROM list l JOIN mailing m ON m.list = l.list WHERE l.address = n.address))
    ORDER BY n.rank LIMIT 1
  )
  SELECT l.list, l.post, m.membership, m.moderation, m.size
  FROM domain d JOIN list l ON l.address IN (?2 || '@' || d.canonical, (SELECT address FROM hit))
  LEFT JOIN mailing m ON m.list = l.list
  WHERE d.name = ?3
]]
local POSTER = 'SELECT 1 FROM poster WHERE list = ?1 AND address IN (?2, ?3)'
local OURS = 'SELECT 1 FROM domain WHERE name = ?1'

-- The address that counts, the domain all of whose users may count, and the From header; nil if there is none.
local function poster(task, ask)
  local login = task:get_user()
  local user, domain = mailbox.author(task)
  local author = user and user .. '@' .. domain
  if login then
    return login:lower(), login:lower():match('@.*$'), author
  end
  if user and #ask(OURS, domain) == 0 then
    return author, nil, author
  end
end

-- Whether somebody may post, and whether DMARC may change that.
local function may(task, ask, list, address, domain, author)
  local open = list.post == 'anyone'
  if not address or not (open or #ask(POSTER, list.name, address, domain or '') > 0) then
    open = list.post == 'members' and address and mailing.has_joined(list, address, author)
    if not open then
      return false
    end
  elseif list.post == 'members' and mailing.has_left(list, address, author) then
    return false
  end
  if list.post ~= 'anyone' and not task:get_user() and not task:has_symbol('DMARC_POLICY_ALLOW') then
    -- Greylisting ends a scan before DMARC is known; the message comes again.
    return false, task:get_metric_action() == 'soft reject' or task:has_symbol('DMARC_DNSFAIL')
  end
  return true
end

-- The first list of the recipients to which the message may not go, with the reason; or what mlmmj has to do with it.
local function closed_list(task, ask)
  local address, domain, author = poster(task, ask)
  local todo, concerned
  for _, recipient in ipairs(mailbox.recipients(task)) do
    local name, plain = mailbox.names(recipient.user)
    for _, row in ipairs(ask(LISTS, name, plain, recipient.domain)) do
      local list = { name = row[1], post = row[2], membership = row[3], moderation = row[4], size = tonumber(row[5]) }
      local is_mailing = list.membership ~= ''
      local detail = is_mailing and mailbox.detail(recipient.user) or ''
      local reason, unsure
      concerned = concerned or is_mailing
      if detail ~= '' then
        reason, unsure = mailing.closed_command(task, ask, list, detail, address, author)
      else
        local open
        open, unsure = may(task, ask, list, address, domain, author)
        if is_mailing then
          reason, todo = mailing.post(task, ask, list, open or unsure, address, todo)
        elseif not open then
          reason = 'You may not post to ' .. list.name
        end
      end
      if reason or unsure then
        return { name = list.name, reason = reason, unsure = unsure }
      end
    end
  end
  return nil, todo, concerned
end

local function check(task)
  local ok, result = lookup.read(function(ask)
    local closed, todo, concerned = closed_list(task, ask)
    return { closed = closed, todo = todo, concerned = concerned }
  end)
  if not ok then
    error(result)
  end
  local closed = result.closed
  if closed and closed.unsure then
    verdict.defer(task, 'list', 'Cannot verify the sender for ' .. closed.name .. ', try again later')
  elseif closed then
    verdict.refuse(task, 'list', closed.reason)
  elseif result.concerned then
    mailing.mark(task, result.todo)
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
