-- Managed by mailspec: change the spec or templates/common/etc/rspamd/lua/mailspec/mailing.lua.j2, not this file.

-- What mailing lists ask besides: who has joined, what waits for a moderator, and who may give a list commands.
local lookup = require 'mailspec.lookup'
local mime = require 'lua_mime'
local proof = require 'mailspec.proof'

local JOINED = 'SELECT 1 FROM joined WHERE list = ?1 AND address IN (?2, ?3)'
local LEFT = 'SELECT 1 FROM gone WHERE list = ?1 AND address IN (?2, ?3)'
local MODERATOR = 'SELECT 1 FROM moderator WHERE list = ?1 AND address = ?2'
local MEMBER = 'SELECT 1 FROM taken WHERE list = ?1 AND address IN (?2, ?3)'

local mailing = {}

local function answers(sql, list, address, author)
  if list.membership ~= 'users' and list.membership ~= 'both' then
    return false
  end
  local ok, rows = lookup.joined(function(ask)
    return ask(sql, list.name, address, author or address)
  end)
  if not ok then
    error(rows)
  end
  return rows ~= nil and #rows > 0
end

-- Whether somebody joined by mail.
function mailing.has_joined(list, address, author)
  return answers(JOINED, list, address, author)
end

-- Whether somebody whom the spec names left by mail.
function mailing.has_left(list, address, author)
  return list.membership == 'users' and answers(LEFT, list, address, author)
end

local function sender(task)
  return ((task:get_from({ 'smtp', 'orig' }) or {})[1] or {}).addr or ''
end

-- Whether a program has answered by itself (RFC 3834); a notice of delivery is meant for the list that sent the mail.
local function is_answer(task)
  local auto = (task:get_header('Auto-Submitted') or ''):lower()
  local kind = (task:get_header('Content-Type') or ''):lower()
  return auto:match('^%s*auto%-replied') ~= nil and not kind:match('^%s*multipart/report')
end

local function has_been(task, list)
  for _, header in ipairs(task:get_header_full('X-Loop') or {}) do
    if header.value:lower():match('^%s*(.-)%s*$') == list.name then
      return true
    end
  end
  return false
end

-- Why a post is refused, or what mlmmj has to do with it: `send`, or `hold` for a moderator.
function mailing.post(task, ask, list, may, address, todo)
  if not address then
    return 'Write to ' .. list.name .. ' from one address, and log in if it is one of ours', todo
  elseif sender(task) == '' or is_answer(task) then
    return 'Automatic answers are not for ' .. list.name, todo
  elseif has_been(task, list) then
    return 'This message has been at ' .. list.name .. ' already', todo
  elseif list.size > 0 and task:get_size() > list.size then
    return 'Too large for ' .. list.name, todo
  elseif not may and list.moderation ~= 'strangers' then
    return 'You may not post to ' .. list.name, todo
  end
  local waits = not may or (list.moderation == 'all' and #ask(MODERATOR, list.name, address) == 0)
  return nil, (waits or todo == 'hold') and 'hold' or 'send'
end

-- Why a command is refused, and whether a later try may end otherwise: its author has to be proved, as the answer goes
-- there. Notices of delivery come from the null sender, and the owners hear from everybody.
function mailing.closed_command(task, ask, list, detail, address, author)
  if detail == 'owner' then
    return nil
  elseif is_answer(task) then
    return 'Automatic answers are not for ' .. list.name
  elseif detail:match('^bounces%-') then
    return sender(task) ~= '' and 'Only notices of delivery go here' or nil
  elseif not address or not author then
    return 'Write to ' .. list.name .. ' from one address, and log in if it is one of ours'
  elseif not task:get_user() and not proof.of(task, author:match('@(.*)$')) then
    return 'Nothing proves that ' .. author .. ' wrote this (SPF, DKIM or DMARC)',
      task:get_metric_action() == 'soft reject'
  elseif detail:match('^unsubscribe') and list.membership == 'both' and #ask(MEMBER, list.name, address, author) > 0 then
    return 'Who runs ' .. list.name .. ' has put you on it; write to its owners'
  end
end

-- What the domain of an author asks to do with mail it has not sent.
local function policy(task)
  for _, result in ipairs({ 'ALLOW', 'QUARANTINE', 'REJECT', 'SOFTFAIL' }) do
    for _, symbol in ipairs(task:get_symbol('DMARC_POLICY_' .. result) or {}) do
      for _, option in ipairs(symbol.options or {}) do
        if option == 'quarantine' or option == 'reject' then
          return option
        end
      end
    end
  end
end

-- Tell mlmmj what to do, and the copies what the author's domain asks; nobody else may say that. Where a copy will be
-- from the list, answers go to the author.
function mailing.mark(task, todo)
  local asks = not task:get_user() and policy(task) or nil
  -- Signatures cover a header that is changed on the way out, but none that comes only then.
  local answers = asks and not task:has_header('Reply-To') and task:get_from('mime')[1].addr
  mime.modify_headers(task, {
    remove = { ['X-Mailspec-Author'] = 0, ['X-Mailspec-Post'] = 0, ['X-Original-From'] = 0 },
    add = {
      ['X-Mailspec-Author'] = asks and { order = 0, value = asks } or nil,
      ['Reply-To'] = answers and { order = 0, value = answers } or nil,
      ['X-Mailspec-Post'] = todo and { order = 0, value = todo } or nil,
    },
  })
end

return mailing
