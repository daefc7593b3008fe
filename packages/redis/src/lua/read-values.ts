import { script } from './script.ts'
import { stateRoom } from './state-room.ts'
import { time } from './time.ts'

/**
 * ARGV: 4 to 6 epoch, version and id of a known position (epoch '' for none).
 * Answers `change` or `replace`, epoch, version, id, then version, place and value of each, not in order.
 */
export const readValues = script(
  [
    time,
    stateRoom,
    `
load()
local kind, after = 'replace', '-inf'
local since = tonumber(ARGV[5])
if ARGV[4] == r.epoch and since <= r.version then
  local id = redis.call('LINDEX', KEYS[5], num(since - r.version - 1))
  if id == ARGV[6] then kind, after = 'change', '(' .. num(since) end
end
local answer = { kind, r.epoch, num(r.version), r.id }
local function add(version, place, value)
  local n = #answer
  answer[n + 1], answer[n + 2], answer[n + 3] = version, place, value
end
local places = redis.call('ZRANGEBYSCORE', KEYS[3], after, '+inf', 'WITHSCORES')
for i = 1, #places, 2 do add(places[i + 1], places[i], redis.call('HGET', KEYS[2], places[i]) or 'r') end
if kind == 'change' then
  local removed = redis.call('ZRANGEBYSCORE', KEYS[4], after, '+inf', 'WITHSCORES')
  for i = 1, #removed, 2 do add(removed[i + 1], removed[i], 'r') end
end
return answer
`,
  ],
  'allow-oom',
)
