import { logRoom } from './log-room.ts'
import { script } from './script.ts'
import { time } from './time.ts'

/** Entries and their bytes that one call looks at, since Redis does nothing else meanwhile. */
const maxEntries = 1_000
const maxBytes = 4_000_000

/**
 * Drops the entries up to a position, itself included, which becomes the floor. ARGV: 4 to 6 epoch, offset and id of the position.
 * Does nothing where it is not part of the history. Answers `more` where it has dropped some of them only. Allowed without memory,
 * since it frees some.
 */
export const trimThrough = script(
  [
    time,
    logRoom,
    `
load()
local through = tonumber(ARGV[5])
if ARGV[4] ~= r.epoch or through <= r.floor or through > r.top then return 'OK' end
local function read(offset)
  local row = redis.call('XRANGE', KEYS[2], num(offset), num(offset))[1]
  return string.match(row and row[2][2] or '', line)
end
local _, _, wanted = read(through)
if wanted ~= ARGV[6] then return 'OK' end

-- The bytes of the payloads after \`from\`, and offset and id of the last of them: \`to\`, or one before it where these are too
-- many for one call. Nil where an entry cannot be read.
local count = math.max(1, math.min(64, math.floor(${maxBytes} * (r.top - r.floor) / math.max(1, r.bytes))))
local function walk(from, to)
  local sum, last, lastId = 0, from, nil
  while last < to and last - from < ${maxEntries} and sum < ${maxBytes} do
    local rows = redis.call('XRANGE', KEYS[2], num(last + 1), num(to), 'COUNT', count)
    if #rows == 0 then return nil end
    for _, row in ipairs(rows) do
      local _, offset, id, _, _, bytes = string.match(row[2][2] or '', line)
      if tonumber(offset) ~= last + 1 then return nil end
      sum, last, lastId = sum + bytes, last + 1, id
    end
  end
  return sum, last, lastId
end
-- Whichever side is shorter tells the bytes that are left.
local floor, floorId, bytes = through, wanted, nil
if r.top - through <= math.min(${maxEntries}, through - r.floor) then
  local sum, last = walk(through, r.top)
  if not sum then begin() return 'OK' end
  if last == r.top then bytes = sum end
end
if not bytes then
  local sum, last, id = walk(r.floor, through)
  if not sum then begin() return 'OK' end
  floor, floorId, bytes = last, id, r.bytes - sum
end
if floor < r.top then
  local _, _, _, _, at = read(floor + 1)
  if not at then begin() return 'OK' end
  r.oldestAt = tonumber(at)
end
r.floor, r.floorId, r.bytes = floor, floorId, bytes
redis.call('XTRIM', KEYS[2], 'MINID', num(floor + 1))
save()
return floor < through and 'more' or 'OK'
`,
  ],
  'allow-oom',
)
