-- Managed by mailspec: change the spec or templates/common/etc/rspamd/lua/mailspec/web.lua.j2, not this file.

-- Where a member leaves a list by one click (RFC 8058): an address on the web that only this server can make, and that
-- shows neither the list nor the member. web.py reads it.
local bit = require 'bit'
local hash = require 'rspamd_cryptobox_hash'
local lookup = require 'mailspec.lookup'
local mailbox = require 'mailspec.mailbox'
local util = require 'rspamd_util'

local PLACE = 'https://lists.example.org/unsubscribe/'
local KEPT = [[
  SELECT 1 FROM mailing m JOIN taken t ON t.list = m.list
  WHERE m.list = ?1 AND m.membership = 'both' AND t.address = ?2
]]
local TAG = 16
local SAFE = { ['+'] = '-', ['/'] = '_', ['='] = '' }

local web = {}

local function key()
  local file = assert(io.open('/etc/rspamd/web.key'))
  local secret = file:read('*l')
  file:close()
  return hash.create(secret):bin()
end

local KEY = key()

local function digest(what, text)
  return hash.create_keyed(KEY, what .. ':' .. text):bin()
end

-- The text under a stream of bytes that follows from the key and the tag.
local function hidden(text, tag)
  local found, stream = {}, ''
  for at = 1, #text do
    if at > #stream then
      stream = stream .. digest('stream', tag .. #stream)
    end
    found[at] = string.char(bit.bxor(text:byte(at), stream:byte(at)))
  end
  return table.concat(found)
end

local function address(list, member)
  local text = list .. '\n' .. member
  local tag = digest('tag', text):sub(1, TAG)
  local token = tostring(util.encode_base64(tag .. hidden(text, tag)))
  return PLACE .. token:gsub('[+/=]', SAFE)
end

-- Whether a member stays because the spec says so.
local function is_kept(list, member)
  local ok, rows = lookup.read(function(ask)
    return ask(KEPT, list, member)
  end)
  if not ok then
    error(rows)
  end
  return #rows > 0
end

-- Put the address of its recipient into a copy; without one there is nothing to click.
function web.sign_off(task, list, remove, add)
  local by_mail = task:get_header('List-Unsubscribe')
  if not by_mail or not task:has_header('List-Unsubscribe-Post') then
    return
  end
  local to = mailbox.recipients(task)
  local member = #to == 1 and to[1].user .. '@' .. to[1].domain
  if not member or is_kept(list, member) then
    remove['List-Unsubscribe-Post'] = 0
  else
    remove['List-Unsubscribe'] = 0
    add['List-Unsubscribe'] = { order = 0, value = string.format('<%s>, %s', address(list, member), by_mail) }
  end
end

return web
