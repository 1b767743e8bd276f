-- Managed by mailspec: change the spec or templates/common/etc/rspamd/lua/mailspec/loop.lua.j2, not this file.

-- Mail that forwards here and elsewhere pass on to one another in a circle ends long before the sixth round.
local verdict = require 'mailspec.verdict'

local HOST = 'mx1.example.org'
local VISITS = 5

local function check(task)
  local visits = 0
  for _, header in ipairs(task:get_header_full('Received') or {}) do
    local by = (header.decoded or header.value or ''):match('%sby%s+([%w.-]+)')
    if by and by:lower() == HOST then
      visits = visits + 1
    end
  end
  if visits >= VISITS then
    verdict.refuse(task, 'loop', 'Mail loop: this message has been here ' .. visits .. ' times')
  end
end

rspamd_config:register_symbol({
  name = 'LOOP_RULE',
  type = 'prefilter',
  priority = 10,
  callback = verdict.guarded('loop', check),
})
