/**
 * What the scripts on a log begin with. KEYS: 1 the room's head, 2 its stream. ARGV: 2 the epoch of a room that begins now,
 * 3 for how long (ms) a room outlives its history.
 *
 * The head is one line of ten fields, since one is read and written several times as fast as ten members of a hash. Ids that
 * are '' stand there as `-`. It says what is retained: the offsets after `floor` up to `top`, without holes; `bytes` of payload.
 *
 * An entry stands in the stream at `offset-0`, and its text begins with a line that Lua can read; entry-text.ts names
 * the fields. Whatever contradicts the head (a stream that is gone, shorter or of another type) means that the history is
 * lost, and the room begins anew with another epoch.
 */
export const logRoom = `
local r
local line = '^(%S+) (%d+) (%S+) (%S+) (%d+) [tb] (%d+)\\n'

local function save()
  local head = string.format('%s %d %s %d %s %d %d %d %d %d', r.epoch, r.top, r.id == '' and '-' or r.id, r.floor,
    r.floorId == '' and '-' or r.floorId, r.bytes, r.at, r.oldestAt, r.ttlMs, r.forgetAt)
  redis.call('SET', KEYS[1], head, 'PX', num(math.max(1, r.forgetAt - now)))
end

local function begin()
  redis.call('DEL', KEYS[1], KEYS[2])
  r = { epoch = ARGV[2], top = 0, id = '', floor = 0, floorId = '', bytes = 0, at = 0, oldestAt = 0, ttlMs = 0,
    forgetAt = now + ARGV[3] }
  save()
end

-- Drops the oldest entries while there are too many, too many bytes, or too old ones. True: something was dropped.
local function trim(maxEvents, maxBytes, ttlMs)
  local function isOver()
    return r.floor < r.top
      and (r.top - r.floor > maxEvents or r.bytes > maxBytes or r.oldestAt <= now - ttlMs)
  end
  if not isOver() then return false end
  local count = 2 -- in a full room one goes at each append, and the next one tells its age
  while isOver() do
    local rows = redis.call('XRANGE', KEYS[2], num(r.floor + 1), '+', 'COUNT', count)
    for _, row in ipairs(rows) do
      local _, offset, id, _, at, bytes = string.match(row[2][2] or '', line)
      if tonumber(offset) ~= r.floor + 1 then begin() return true end
      r.oldestAt = tonumber(at)
      if not isOver() then break end
      r.floor, r.floorId, r.bytes = r.floor + 1, id, r.bytes - bytes
    end
    if #rows == 0 then begin() return true end
    count = 64
  end
  redis.call('XTRIM', KEYS[2], 'MINID', num(r.floor + 1))
  return true
end

local function load()
  local head = redis.pcall('GET', KEYS[1])
  if type(head) ~= 'string' then return begin() end
  local epoch, top, id, floor, floorId, bytes, at, oldestAt, ttlMs, forgetAt =
    string.match(head, '^(%S+) (%d+) (%S+) (%d+) (%S+) (%d+) (%d+) (%d+) (%d+) (%d+)$')
  if not epoch then return begin() end
  r = { epoch = epoch, top = tonumber(top), id = id == '-' and '' or id, floor = tonumber(floor),
    floorId = floorId == '-' and '' or floorId, bytes = tonumber(bytes), at = tonumber(at), oldestAt = tonumber(oldestAt),
    ttlMs = tonumber(ttlMs), forgetAt = tonumber(forgetAt) }
  if now >= r.forgetAt then return begin() end
  if r.floor == r.top then return end
  local length = redis.pcall('XLEN', KEYS[2])
  if length == r.top - r.floor then
    if trim(math.huge, math.huge, r.ttlMs) then save() end
  elseif length == 0 and now >= r.at + r.ttlMs then
    -- The whole stream expired before anybody looked.
    r.floor, r.floorId, r.bytes = r.top, r.id, 0
    save()
  else
    begin()
  end
end
`
