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
for _, row in ipairs(redis.call('XRANGE', KEYS[2], num(top + 1), '+')) do
  local _, _, _, _, _, bytes = string.match(row[2][2], line)
  r.bytes = r.bytes - bytes
  redis.call('XDEL', KEYS[2], row[1])
end
local row = redis.call('XRANGE', KEYS[2], num(top), num(top))[1]
r.top = top
if row and top > r.floor then
  r.id = select(3, string.match(row[2][2], line))
else
  r.id = r.floorId
end
if redis.call('EXISTS', KEYS[2]) == 1 then redis.call('XSETID', KEYS[2], num(top) .. '-0') end
save()
for i = 3, #KEYS do
  local _, offset = string.match(redis.call('GET', KEYS[i]) or '', '^(%S+) (%d+)')
  if offset and tonumber(offset) > top then redis.call('DEL', KEYS[i]) end
end
return 'OK'
`,
])
