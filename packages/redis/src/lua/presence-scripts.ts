import { script } from './script.ts'

/**
 * What the scripts on presence begin with. KEYS: 1 who is in the room (hash by place), 2 the room's channel, 3 the id of the last
 * change. Each change names the one before it, so that whoever missed one notices. The id of an empty room is forgotten after
 * a day; then one change looks like a hole.
 */
const saying = `
local function say(id, text)
  local before = redis.pcall('GET', KEYS[3])
  if type(before) ~= 'string' then before = '-' end
  redis.call('SET', KEYS[3], id)
  if redis.call('HLEN', KEYS[1]) == 0 then redis.call('PEXPIRE', KEYS[3], 86400000) end
  redis.call('SPUBLISH', KEYS[2], 'n' .. before .. ' ' .. id .. '\\n' .. text)
end
`

/**
 * KEYS: 4 the fence of the node. ARGV: 2 place, 3 node, 4 digest of the owner, 5 the entry, 6 '1' where an entry of another owner
 * stays, 7 id. 0: the node was fenced.
 *
 * The fence comes first: a node whose entries were reaped must not write behind the reaper's back.
 */
export const enterRoom = script([
  saying,
  `
if redis.call('EXISTS', KEYS[4]) == 1 then return 0 end
local known = redis.call('HGET', KEYS[1], ARGV[2])
if ARGV[6] == '1' and known and string.match(known, '^%S+ (%S+)') ~= ARGV[4] then return 1 end
redis.call('HSET', KEYS[1], ARGV[2], ARGV[3] .. ' ' .. ARGV[4] .. '\\n' .. ARGV[5])
say(ARGV[7], '+' .. ARGV[5])
return 1
`,
])

/** Who is in the room: the values of KEYS 1. Nil where it was of another type; now it is gone. */
export const listRoom = script(
  [
    `
local values = redis.pcall('HVALS', KEYS[1])
if not values.err then return values end
redis.call('DEL', KEYS[1])
return false
`,
  ],
  'allow-oom',
)

/** ARGV: 2 place, 3 digest of the owner, 4 id. */
export const leaveRoom = script([
  saying,
  `
local known = redis.call('HGET', KEYS[1], ARGV[2])
if not known or string.match(known, '^%S+ (%S+)') ~= ARGV[3] then return 0 end
redis.call('HDEL', KEYS[1], ARGV[2])
say(ARGV[4], '-' .. ARGV[2])
return 1
`,
])

/**
 * Removes what a dead node entered and tells it, in one step, so that nobody sees one without the other. KEYS: 4 the fence of
 * the node. ARGV: 2 the node, 3 for how long (ms) it is fenced, 4 what ids begin with.
 */
export const reapRoom = script([
  saying,
  `
redis.call('SET', KEYS[4], '1', 'PX', ARGV[3])
local present = redis.call('HGETALL', KEYS[1])
for i = 1, #present, 2 do
  if string.match(present[i + 1], '^%S+') == ARGV[2] then
    redis.call('HDEL', KEYS[1], present[i])
    say(ARGV[4] .. '-' .. i, '-' .. present[i])
  end
end
return 1
`,
])
