import { logRoom } from './log-room.ts'
import { script } from './script.ts'
import { time } from './time.ts'

/** For tests. ARGV: 4 how many entries stay. */
export const trimRoom = script([
  time,
  logRoom,
  `
load()
if trim(tonumber(ARGV[4]), math.huge, math.huge) then save() end
return 'OK'
`,
])

/** For tests: what a restart from an older copy leaves. ARGV: 4 the new top. KEYS: 3 and later, the keys of its appends. */
export const rewindRoom = script([
  time,
  logRoom,
  `
load()
local top = math.min(r.top, math.max(tonumber(ARGV[4]), r.floor))
local kept = redis.call('XRANGE', KEYS[2], num(r.floor + 1), num(top))
-- Written anew: deleted entries would stay in the stream as tombstones that an older copy does not have.
redis.call('DEL', KEYS[2])
r.top, r.id, r.bytes = top, r.floorId, 0
for _, row in ipairs(kept) do
  local _, _, id, _, _, bytes = string.match(row[2][2], line)
  redis.call('XADD', KEYS[2], row[1], 'e', row[2][2])
  r.id, r.bytes = id, r.bytes + bytes
end
save()
for i = 3, #KEYS do
  local _, offset = string.match(redis.call('GET', KEYS[i]) or '', '^(%S+) (%d+)')
  if offset and tonumber(offset) > top then redis.call('DEL', KEYS[i]) end
end
return 'OK'
`,
])
