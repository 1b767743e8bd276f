-- Managed by mailspec: change the spec or templates/common/etc/rspamd/lua/mailspec/copy.lua.j2, not this file.

-- What mlmmj sends to the members of a list: it was judged when it came in, and is only signed here. The From header of
-- an author whose domain asks to refuse or set aside what it has not sent names the list instead.
local lookup = require 'mailspec.lookup'
local mime = require 'lua_mime'
local util = require 'rspamd_util'
local verdict = require 'mailspec.verdict'
local web = require 'mailspec.web'

local LIST = 'SELECT list FROM mailing WHERE list = ?1'
local OURS = "SELECT 1 FROM domain WHERE name = ?1 AND kind = 'mail'"

local copy = {}

local function found(sql, text)
  local ok, rows = lookup.read(function(ask)
    return ask(sql, text)
  end)
  if not ok then
    error(rows)
  end
  return rows[1] and rows[1][1]
end

-- The list that sends a message; nil if none does. Only mlmmj may use such a sender from the server itself.
function copy.list(task)
  local known = task:cache_get('mailspec-list')
  if known == nil then
    local address, sender = task:get_from_ip(), (task:get_from({ 'smtp', 'orig' }) or {})[1]
    local user, domain = ((sender or {}).addr or ''):lower():match('^([^+]+)%+[^@]*@([^@]+)$')
    known = false
    if user and not task:get_user() and address and address:is_valid() and address:is_local() then
      known = found(LIST, user .. '@' .. domain) or false
    end
    task:cache_set('mailspec-list', known)
  end
  return known or nil
end

-- Whether we hold the mailboxes of a domain.
function copy.is_ours(_, domain)
  return domain ~= nil and found(OURS, domain) ~= nil
end

-- The name a recipient sees for an author, by way of a list.
local function name(author, list)
  local plain = author.name and author.name ~= '' and author.name ~= author.addr and author.name or author.user
  return string.format('%s via %s', plain:gsub('["\\\r\n]', ''), list:match('^[^@]+'))
end

local function rewritten(task, list)
  local author = task:get_from('mime')[1]
  local from = string.format('%s <%s>', util.mime_header_encode('"' .. name(author, list) .. '"'), list)
  return { From = { order = 1, value = from }, ['X-Original-From'] = { order = 0, value = author.addr } }
end

local function check(task)
  local list = copy.list(task)
  if not list then
    return
  end
  local remove, add = { ['X-Mailspec-Author'] = 0, ['X-Mailspec-Post'] = 0 }, {}
  if task:has_header('X-Mailspec-Author') then
    add, remove.From = rewritten(task, list), 0
  end
  web.sign_off(task, list, remove, add)
  mime.modify_headers(task, { remove = remove, add = add })
  verdict.pass(task, 'copy', 'from the list ' .. list)
end

rspamd_config:register_symbol({
  name = 'COPY_RULE',
  type = 'prefilter',
  priority = 9,
  callback = verdict.guarded('copy', check),
})

return copy
