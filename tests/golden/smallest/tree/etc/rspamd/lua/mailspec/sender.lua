-- Managed by mailspec: change the spec or templates/common/etc/rspamd/lua/mailspec/sender.lua.j2, not this file.

-- A user writes as nobody else: the From header is one address that belongs to the login.
local lookup = require 'mailspec.lookup'
local mailbox = require 'mailspec.mailbox'
local verdict = require 'mailspec.verdict'

local OWNED = [[
  SELECT 1 FROM domain d JOIN speaker s ON s.address IN (?1 || '@' || d.canonical, ?2 || '@' || d.canonical)
  WHERE d.name = ?3 AND s.login = ?4
]]

local function check(task)
  local login = task:get_user()
  if not login then
    return
  end
  local user, domain = mailbox.author(task)
  if not user then
    return verdict.refuse(task, 'sender', 'Sender refused: ' .. domain)
  end
  local ok, rows = lookup.read(function(ask)
    local name, plain = mailbox.names(user)
    return ask(OWNED, name, plain, domain, login:lower())
  end)
  if not ok then
    error(rows)
  elseif #rows == 0 then
    verdict.refuse(task, 'sender', 'Sender refused: the From address does not belong to ' .. login)
  end
end

rspamd_config:register_symbol({
  name = 'SENDER_RULE',
  type = 'prefilter',
  priority = 10,
  callback = verdict.guarded('sender', check),
})
