-- Managed by mailspec: change the spec or templates/debian-12/etc/rspamd/lua/mailspec/linger.lua.j2, not this file.

-- A worker of 3.4 that a reload replaces would end at once, in the middle of its sessions. What keeps it is work:
-- a connection to its successor, on which nothing is said. No longer than 50 s, as then it is ended anyway.
local tcp = require('rspamd_tcp')
local STOPPING = '/run/rspamd/stopping' -- made by the unit before a stop, and gone with its directory

rspamd_config:register_finish_script(function(task)
  local stopping = io.open(STOPPING)
  if stopping then
    stopping:close()
    return
  end
  tcp.request({ task = task, host = '127.0.0.1', port = 11332, timeout = 50, callback = function() end })
end)
