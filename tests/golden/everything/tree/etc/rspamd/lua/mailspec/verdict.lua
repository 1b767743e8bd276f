-- Managed by mailspec: change the spec or templates/common/etc/rspamd/lua/mailspec/verdict.lua.j2, not this file.

-- How a rule refuses or passes a message; the rule with the highest priority wins, also over GTUBE (3).
local logger = require 'rspamd_logger'

local verdict = {}

local PRIORITY = { allow = 10, deny = 20, role = 30, list = 40, sending = 45, sender = 50, copy = 60, loop = 70 }

function verdict.refuse(task, rule, text)
  task:set_pre_result({ action = 'reject', message = text, module = rule, priority = PRIORITY[rule] })
end

function verdict.defer(task, rule, text)
  task:set_pre_result({ action = 'soft reject', message = text, module = rule, priority = PRIORITY[rule] })
end

-- Every check still runs and is reported, only the score decides nothing.
function verdict.pass(task, rule, reason)
  task:set_pre_result({
    action = 'no action',
    message = reason,
    module = rule,
    priority = PRIORITY[rule],
    flags = 'process_all',
  })
end

-- A rule that fails has not passed: its message is deferred.
function verdict.guarded(rule, check)
  return function(task)
    local ok, fault = pcall(check, task)
    if not ok then
      logger.errx(task, 'rule %s failed: %s', rule, fault)
      verdict.defer(task, rule, 'Temporary failure, try again later')
    end
  end
end

return verdict
