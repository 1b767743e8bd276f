-- Managed by mailspec: change the spec or templates/common/etc/rspamd/lua/mailspec/mailbox.lua.j2, not this file.

-- Addresses as this domain reads them.
local mailbox = {}

-- The text without quoted strings and comments (RFC 5322, 3.2), which may hold anything;
-- nil when one of them does not end.
local function bare(text)
  local kept, depth, quoted, escaped = {}, 0, false, false
  for char in text:gmatch('.') do
    if escaped then
      escaped = false
    elseif char == '\\' then
      escaped = true
    elseif quoted then
      quoted = char ~= '"'
    elseif char == '"' and depth == 0 then
      quoted = true
    elseif char == '(' then
      depth = depth + 1
    elseif char == ')' then
      depth = depth - 1
      if depth < 0 then
        return nil
      end
    elseif depth == 0 then
      kept[#kept + 1] = char
    end
  end
  if quoted or escaped or depth ~= 0 then
    return nil
  end
  return table.concat(kept)
end

-- The lower-case local part and domain of the only address in the only header of a name; nil and the fault if there
-- is not exactly one.
local function only(headers, name)
  if #headers ~= 1 then
    return nil, 'there is not exactly one ' .. name .. ' header'
  end
  local text = bare(headers[1].value)
  local address = text and (text:match('^[^<>@,:;]*<%s*([^<>,:;%s]+)%s*>%s*$') or text:match('^%s*([^<>,:;%s]+)%s*$'))
  local user, domain = (address or ''):lower():match('^([^@]+)@([^@]+)$')
  if not user then
    return nil, 'the ' .. name .. ' header is not exactly one address'
  end
  return user, domain
end

-- The only author of a message; nil and the fault also if Rspamd's other checks see a different one.
function mailbox.author(task)
  local user, domain = only(task:get_header_full('From') or {}, 'From')
  local seen = task:get_from({ 'mime', 'orig' }) or {}
  if user and (#task:get_from('mime') ~= 1 or seen[1].addr:lower() ~= user .. '@' .. domain) then
    return nil, 'the From header is not exactly one address'
  end
  return user, domain
end

-- Who has sent a message for its author; nil without a fault if no Sender header says so.
function mailbox.sender(task)
  local headers = task:get_header_full('Sender') or {}
  if #headers > 0 then
    return only(headers, 'Sender')
  end
end

-- The local part with and without its +detail.
function mailbox.names(user)
  return user, user:match('^([^+]+)%+') or user
end

-- What follows the `+` in a local part; empty if nothing does.
function mailbox.detail(user)
  return user:match('^[^+]+%+(.*)$') or ''
end

-- The lower-case local part and domain of each recipient of the envelope. A rule of the package adds each that has a
-- detail once more without: so many of those without are none.
function mailbox.recipients(task)
  local all, detailed, plain = {}, {}, {}
  for _, recipient in ipairs(task:get_recipients({ 'smtp', 'orig' }) or {}) do
    local user, domain = recipient.addr:lower():match('^(.*)@([^@]*)$')
    local found = { user = user or recipient.addr:lower(), domain = domain or '' }
    local _, base = mailbox.names(found.user)
    found.base = base .. '@' .. found.domain
    local count = base == found.user and plain or detailed
    count[found.base] = (count[found.base] or 0) + 1
    all[#all + 1] = found
  end
  local found = {}
  for _, recipient in ipairs(all) do
    local has_detail = recipient.user .. '@' .. recipient.domain ~= recipient.base
    if has_detail or plain[recipient.base] > (detailed[recipient.base] or 0) then
      found[#found + 1] = recipient
    end
  end
  return found
end

return mailbox
