-- Managed by mailspec: change the spec or templates/common/etc/rspamd/lua/mailspec/sending.lua.j2, not this file.

-- How much a login may send within an hour and a day; over it the mail program is told to try again later.
-- Only what a login submits is counted. Without the store nobody is: mail flows.
local logger = require 'rspamd_logger'
local lookup = require 'mailspec.lookup'
local redis = require 'lua_redis'
local verdict = require 'mailspec.verdict'

local ALLOWED = [[
  SELECT messages_per_hour, messages_per_day, recipients_per_hour, recipients_per_day
  FROM sending WHERE login IN (?1, '') ORDER BY login DESC LIMIT 1
]]
local MOST = { '%d messages an hour', '%d messages a day', 'to %d recipients an hour', 'to %d recipients a day' }

-- Counts a message in its five minutes, unless that is too much: then the seconds until it is not, and by which limit.
local COUNT = [[
  local SLOT, HOUR, DAY = 300, 12, 288
  local now, recipients = tonumber(ARGV[1]), tonumber(ARGV[2])
  local slot = math.floor(now / SLOT)
  local ages = {}
  local entries = redis.call('HGETALL', KEYS[1])
  for i = 1, #entries, 2 do
    local age = math.max(slot - tonumber(entries[i]), 0)
    local one, other = entries[i + 1]:match('^(%d+) (%d+)$')
    if age > DAY then
      redis.call('HDEL', KEYS[1], entries[i])
    else
      ages[age] = { tonumber(one), tonumber(other) }
    end
  end

  local function wait(limit, kind, more, span)
    local sum = more
    for age = 0, span do
      sum = sum + (ages[age] and ages[age][kind] or 0)
    end
    local freed = span + 1
    while sum > limit and freed > 0 do
      freed = freed - 1
      sum = sum - (ages[freed] and ages[freed][kind] or 0)
    end
    return freed > span and 0 or (slot + span + 1 - freed) * SLOT - now
  end

  local longest, which = 0, 0
  for index, rule in ipairs({ { 1, 1, HOUR }, { 1, 1, DAY }, { 2, recipients, HOUR }, { 2, recipients, DAY } }) do
    local seconds = wait(tonumber(ARGV[index + 2]), rule[1], rule[2], rule[3])
    if seconds > longest then
      longest, which = seconds, index
    end
  end
  if longest == 0 then
    local here = ages[0] or { 0, 0 }
    redis.call('HSET', KEYS[1], slot, (here[1] + 1) .. ' ' .. (here[2] + recipients))
    redis.call('EXPIRE', KEYS[1], (DAY + 1) * SLOT)
  end
  return { longest, which }
]]

local store = redis.parse_redis_server('mailspec')

local function waiting(seconds)
  local minutes = math.ceil(seconds / 60)
  if minutes < 100 then
    return minutes .. (minutes == 1 and ' minute' or ' minutes')
  end
  return math.ceil(minutes / 60) .. ' hours'
end

local function check(task)
  local login = task:get_user()
  if not login or task:has_pre_result() then
    return
  end
  login = login:lower()
  local ok, rows = lookup.read(function(ask)
    return ask(ALLOWED, login)
  end)
  if not ok then
    error(rows)
  end
  local limits, recipients = rows[1], #(task:get_recipients('smtp') or {})
  for index = 3, 4 do
    if recipients > tonumber(limits[index]) then
      return verdict.refuse(task, 'sending', 'Too many recipients: this account may send ' .. MOST[index]:format(limits[index]))
    end
  end
  local function counted(fault, answer)
    if fault then
      logger.errx(task, 'what %s sends is not counted: %s', login, fault)
    elseif tonumber(answer[1]) > 0 then
      local which = tonumber(answer[2])
      local text = 'Sending limit reached: this account may send %s, try again in %s'
      verdict.defer(task, 'sending', text:format(MOST[which]:format(limits[which]), waiting(tonumber(answer[1]))))
    end
  end
  local arguments = { COUNT, '1', 'mailspec:sending:' .. login, tostring(os.time()), tostring(recipients), unpack(limits) }
  local asked, made = pcall(redis.redis_make_request, task, store, login, true, counted, 'EVAL', arguments)
  if not asked or not made then
    counted('the store can not be asked')
  end
end

-- After the rule that a user writes as nobody else (10): what is refused there does not count.
rspamd_config:register_symbol({
  name = 'SENDING_RULE',
  type = 'prefilter',
  priority = 9,
  callback = verdict.guarded('sending', check),
})
