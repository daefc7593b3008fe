import { script } from './script.ts'

/**
 * KEYS: 1 who is in the room (hash by place), 2 the room's channel, 3 the fence of the node. ARGV: 2 place, 3 node, 4 digest of the
 * owner, 5 the entry, 6 '1' where an entry of another owner stays. 0: the node was fenced.
 *
 * The fence comes first: a node whose entries were reaped must not write behind the reaper's back.
 */
export const enterRoom = script([
  `
if redis.call('EXISTS', KEYS[3]) == 1 then return 0 end
local known = redis.call('HGET', KEYS[1], ARGV[2])
if ARGV[6] == '1' and known and string.match(known, '^%S+ (%S+)') ~= ARGV[4] then return 1 end
redis.call('HSET', KEYS[1], ARGV[2], ARGV[3] .. ' ' .. ARGV[4] .. '\\n' .. ARGV[5])
redis.call('SPUBLISH', KEYS[2], 'n+' .. ARGV[5])
return 1
`,
])

/** KEYS: 1 who is in the room, 2 its channel. ARGV: 2 place, 3 digest of the owner. */
export const leaveRoom = script([
  `
local known = redis.call('HGET', KEYS[1], ARGV[2])
if not known or string.match(known, '^%S+ (%S+)') ~= ARGV[3] then return 0 end
redis.call('HDEL', KEYS[1], ARGV[2])
redis.call('SPUBLISH', KEYS[2], 'n-' .. ARGV[2])
return 1
`,
])

/**
 * Removes what a dead node entered and tells it, in one step, so that nobody sees one without the other. KEYS as of
 * `enterRoom`. ARGV: 2 the node, 3 for how long (ms) it is fenced.
 */
export const reapRoom = script([
  `
redis.call('SET', KEYS[3], '1', 'PX', ARGV[3])
local present = redis.call('HGETALL', KEYS[1])
for i = 1, #present, 2 do
  if string.match(present[i + 1], '^%S+') == ARGV[2] then
    redis.call('HDEL', KEYS[1], present[i])
    redis.call('SPUBLISH', KEYS[2], 'n-' .. present[i])
  end
end
return 1
`,
])
