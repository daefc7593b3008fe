import { logRoom } from './log-room.ts'
import { script } from './script.ts'
import { time } from './time.ts'

/**
 * Drops the entries up to a position, itself included, which becomes the floor. ARGV: 4 to 6 epoch, offset and id of the position.
 * Does nothing where it is not part of the history. Allowed without memory, since it frees some.
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
local _, _, id = read(through)
if id ~= ARGV[6] then return 'OK' end

-- Of the payloads after \`first - 1\` up to \`last\`; nil where an entry cannot be read.
local function bytesOf(first, last)
  local sum = 0
  while first <= last do
    local rows = redis.call('XRANGE', KEYS[2], num(first), num(last), 'COUNT', 64)
    if #rows == 0 then return nil end
    for _, row in ipairs(rows) do
      local _, offset, _, _, _, bytes = string.match(row[2][2] or '', line)
      if tonumber(offset) ~= first then return nil end
      sum, first = sum + bytes, first + 1
    end
  end
  return sum
end
-- The shorter side is read.
local bytes
if through - r.floor < r.top - through then
  bytes = bytesOf(r.floor + 1, through)
  bytes = bytes and r.bytes - bytes
else
  bytes = bytesOf(through + 1, r.top)
end
if not bytes then begin() return 'OK' end
if through < r.top then
  local _, _, _, _, at = read(through + 1)
  if not at then begin() return 'OK' end
  r.oldestAt = tonumber(at)
end
r.floor, r.floorId, r.bytes = through, id, bytes
redis.call('XTRIM', KEYS[2], 'MINID', num(through + 1))
save()
return 'OK'
`,
  ],
  'allow-oom',
)
