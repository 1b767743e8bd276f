-- Managed by mailspec: change the spec or templates/common/etc/rspamd/lua/mailspec/sender.lua.j2, not this file.

-- A user writes as nobody else: the From header is one address that belongs to the login, or one on whose behalf it may
-- write when the Sender header says so. A Sender header is always an address of the login.
local lookup = require 'mailspec.lookup'
local mailbox = require 'mailspec.mailbox'
local verdict = require 'mailspec.verdict'

local OWNED = [[
  WITH written AS (
    SELECT canonical, separator, ?1 AS local FROM domain WHERE name = ?2
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
  SELECT 1 FROM hit JOIN speaker s ON s.address = hit.address WHERE s.login = ?3
]]

local BEHALF = [[
  WITH written AS (
    SELECT canonical, separator, ?1 AS local FROM domain WHERE name = ?2
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
  SELECT 1 FROM hit JOIN on_behalf b ON b.address = hit.address WHERE b.login = ?3
]]

-- What is wrong with who writes; nil if nothing is.
local function fault(task, login, ask)
  local function may(question, user, domain)
    return #ask(question, user, domain, login) > 0
  end
  local user, domain = mailbox.author(task)
  local sender, host = mailbox.sender(task)
  if not user or (not sender and host) then
    return user and host or domain
  elseif sender and not may(OWNED, sender, host) then
    return 'the Sender address does not belong to ' .. login
  elseif may(OWNED, user, domain) then
    return nil
  elseif not may(BEHALF, user, domain) then
    return 'the From address does not belong to ' .. login
  elseif not sender then
    return 'you may write on behalf of ' .. user .. '@' .. domain .. ' only with your own address in a Sender header'
  end
end

local function check(task)
  local login = task:get_user()
  if not login then
    return
  end
  local ok, found = lookup.read(function(ask)
    return fault(task, login:lower(), ask)
  end)
  if not ok then
    error(found)
  elseif found then
    verdict.refuse(task, 'sender', 'Sender refused: ' .. found)
  end
end

rspamd_config:register_symbol({
  name = 'SENDER_RULE',
  type = 'prefilter',
  priority = 10,
  callback = verdict.guarded('sender', check),
})
