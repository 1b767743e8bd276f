-- Managed by mailspec: change the spec or templates/common/etc/rspamd/lua/mailspec/lookup.lua.j2, not this file.

-- The rows Postfix and Dovecot read, read live: no cache, so a change counts for the next message.
-- rspamd_sqlite3 opens for writing only, hence SQLite itself through LuaJIT.
local ffi = require 'ffi'

ffi.cdef [[
  typedef struct sqlite3 sqlite3;
  typedef struct sqlite3_stmt sqlite3_stmt;
  int sqlite3_open_v2(const char *path, sqlite3 **database, int flags, const char *vfs);
  int sqlite3_busy_timeout(sqlite3 *database, int milliseconds);
  int sqlite3_exec(sqlite3 *database, const char *sql, void *callback, void *context, char **message);
  int sqlite3_prepare_v2(sqlite3 *database, const char *sql, int size, sqlite3_stmt **statement, const char **tail);
  int sqlite3_bind_text(sqlite3_stmt *statement, int index, const char *text, int size, intptr_t destructor);
  int sqlite3_step(sqlite3_stmt *statement);
  int sqlite3_column_count(sqlite3_stmt *statement);
  int sqlite3_column_bytes(sqlite3_stmt *statement, int column);
  const char *sqlite3_column_text(sqlite3_stmt *statement, int column);
  int sqlite3_finalize(sqlite3_stmt *statement);
  const char *sqlite3_errmsg(sqlite3 *database);
  int sqlite3_close_v2(sqlite3 *database);
]]

local sqlite = ffi.load('libsqlite3.so.0')
local PATH = '/var/lib/mailspec/lookup/lookup.db'
local JOINED = '/var/lists/joined.db'
local OK, ROW, DONE = 0, 100, 101
local READ_ONLY = 1
local COPY_TEXT = -1

local function query(database, sql, ...)
  local function check(code)
    if code ~= OK then
      error(ffi.string(sqlite.sqlite3_errmsg(database)))
    end
  end
  local slot = ffi.new('sqlite3_stmt *[1]')
  check(sqlite.sqlite3_prepare_v2(database, sql, -1, slot, nil))
  local statement = ffi.gc(slot[0], sqlite.sqlite3_finalize)
  for index, text in ipairs({ ... }) do
    check(sqlite.sqlite3_bind_text(statement, index, text, #text, COPY_TEXT))
  end
  local rows = {}
  local code = sqlite.sqlite3_step(statement)
  while code == ROW do
    local row = {}
    for column = 0, sqlite.sqlite3_column_count(statement) - 1 do
      local text = sqlite.sqlite3_column_text(statement, column)
      row[column + 1] = ffi.string(text, sqlite.sqlite3_column_bytes(statement, column))
    end
    rows[#rows + 1] = row
    code = sqlite.sqlite3_step(statement)
  end
  sqlite.sqlite3_finalize(ffi.gc(statement, nil))
  if code ~= DONE then
    error(ffi.string(sqlite.sqlite3_errmsg(database)))
  end
  return rows
end

local lookup = {}

-- Calls `reader(ask)`, where `ask(sql, ...)` returns rows; all answers are of one instant.
-- Returns true and the reader's result, or false and the reason.
function lookup.read(reader, path)
  local slot = ffi.new('sqlite3 *[1]')
  local opened = sqlite.sqlite3_open_v2(path or PATH, slot, READ_ONLY, nil)
  local database = slot[0]
  local ok, result
  if opened == OK then
    sqlite.sqlite3_busy_timeout(database, 500)
    sqlite.sqlite3_exec(database, 'BEGIN', nil, nil, nil)
    ok, result = pcall(reader, function(sql, ...)
      return query(database, sql, ...)
    end)
  else
    ok, result = false, 'cannot open ' .. (path or PATH)
  end
  sqlite.sqlite3_close_v2(database)
  return ok, result
end

-- The same for who has joined or left a mailing list by mail; without any, `nil`.
function lookup.joined(reader)
  local file = io.open(JOINED, 'r')
  if not file then
    return true, nil
  end
  file:close()
  return lookup.read(reader, JOINED)
end

return lookup
