import { script } from './script.ts'
import { stateRoom } from './state-room.ts'
import { time } from './time.ts'

/**
 * One version. KEYS: 6 the room's channel. ARGV: 4 id, 5 place, 6 value: `t` and text, `b` and bytes, or `r` alone, which removes it,
 * 7 maxKeys, 8 maxStateChanges. Answers epoch, version and id, or `full`.
 */
export const writeValue = script([
  time,
  stateRoom,
  `
load()
local isRemoval = ARGV[6] == 'r'
local isKnown = redis.call('HEXISTS', KEYS[2], ARGV[5]) == 1
if not isRemoval and not isKnown and r.size >= tonumber(ARGV[7]) then return { 'full' } end

r.version, r.id, r.forgetAt = r.version + 1, ARGV[4], now + ARGV[3]
local version = num(r.version)
if isRemoval then
  redis.call('HDEL', KEYS[2], ARGV[5])
  redis.call('ZREM', KEYS[3], ARGV[5])
  redis.call('ZADD', KEYS[4], version, ARGV[5])
else
  redis.call('HSET', KEYS[2], ARGV[5], ARGV[6])
  redis.call('ZADD', KEYS[3], version, ARGV[5])
  redis.call('ZREM', KEYS[4], ARGV[5])
end
-- One id more than versions: a position is known by the id of its own version.
redis.call('RPUSH', KEYS[5], r.id)
redis.call('LTRIM', KEYS[5], -1 - ARGV[8], -1)
redis.call('ZREMRANGEBYSCORE', KEYS[4], '-inf', num(r.version - ARGV[8]))
save()
local size = redis.call('HLEN', KEYS[2])
if size == 0 then
  expire()
elseif r.size == 0 or redis.call('PTTL', KEYS[3]) ~= -1 then
  for i = 1, 5 do redis.call('PERSIST', KEYS[i]) end
end
redis.call('SPUBLISH', KEYS[6], 's' .. r.epoch .. ' ' .. version .. ' ' .. r.id .. '\\n' .. ARGV[5] .. '\\n' .. ARGV[6])
return { r.epoch, version, r.id }
`,
])
