-- Managed by mailspec: change the spec or templates/common/etc/rspamd/lua/mailspec/sender.lua.j2, not this file.

-- A user writes as nobody else: the From header is one address that belongs to the login, or one on whose behalf it may
-- write when the Sender header says so. A Sender header is always an address of the login.
local lookup = require 'mailspec.lookup'
local mailbox = require 'mailspec.mailbox'
local verdict = require 'mailspec.verdict'

local OWNED = [[
  SELECT 1 FROM domain d JOIN speaker s ON s.address IN (?1 || '@' || d.canonical, ?2 || '@' || d.canonical)
  WHERE d.name = ?3 AND s.login = ?4
]]

local BEHALF = [[
  SELECT 1 FROM domain d JOIN on_behalf b ON b.address IN (?1 || '@' || d.canonical, ?2 || '@' || d.canonical)
  WHERE d.name = ?3 AND b.login = ?4
]]

-- What is wrong with who writes; nil if nothing is.
local function fault(task, login, ask)
  local function may(question, user, domain)
    local name, plain = mailbox.names(user)
    return #ask(question, name, plain, domain, login) > 0
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
