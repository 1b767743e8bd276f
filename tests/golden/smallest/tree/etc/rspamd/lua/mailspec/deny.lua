-- Managed by mailspec: change the spec or templates/common/etc/rspamd/lua/mailspec/deny.lua.j2, not this file.

-- Strangers the spec refuses, by From header or MAIL FROM.
local verdict = require 'mailspec.verdict'

local denied = rspamd_config:add_map({
  url = '/etc/rspamd/maps.d/mailspec-deny.map',
  type = 'set',
  description = 'senders refused',
})

local function check(task)
  if task:get_user() then
    return
  end
  for _, kind in ipairs({ 'smtp', 'mime' }) do
    for _, sender in ipairs(task:get_from({ kind, 'orig' }) or {}) do
      if denied:get_key(sender.addr:lower()) or denied:get_key(sender.domain:lower()) then
        return verdict.refuse(task, 'deny', 'Sender refused by local policy')
      end
    end
  end
end

rspamd_config:register_symbol({
  name = 'DENY_RULE',
  type = 'prefilter',
  priority = 8,
  callback = verdict.guarded('deny', check),
})
