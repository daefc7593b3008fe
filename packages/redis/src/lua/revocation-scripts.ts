import { script } from './script.ts'
import { time } from './time.ts'

/**
 * KEYS: 1 users by version (a sorted set), 2 the head (a hash). ARGV: 2 user, 3 for how long (ms) a revocation
 * is listed, 4 how many are.
 *
 * A version is the time in us, or the next after the last one: it is larger than those of a list that was lost.
 */
export const addRevocation = script([
  time,
  `
local f = redis.call('HMGET', KEYS[2], 'version', 'forgotten')
local version = math.max(tonumber(f[1] or '0') + 1, now * 1000)
local forgotten = f[2] or '0'
redis.call('ZADD', KEYS[1], num(version), ARGV[2])
redis.call('HSET', KEYS[2], 'version', num(version))
local function forget(first, last)
  local gone = redis.call('ZRANGE', KEYS[1], first, last, 'WITHSCORES')
  if #gone == 0 then return end
  forgotten = num(tonumber(gone[#gone]))
  redis.call('ZREMRANGEBYRANK', KEYS[1], first, last)
end
local old = redis.call('ZCOUNT', KEYS[1], '-inf', num((now - ARGV[3]) * 1000))
if old > 0 then forget(0, old - 1) end
forget(0, -(ARGV[4] + 1))
redis.call('HSET', KEYS[2], 'forgotten', forgotten)
return num(version)
`,
])

/** KEYS: as above. ARGV: 2 a version. Answers version, forgotten, then users and versions. */
export const readRevocations = script(
  [
    `
local f = redis.call('HMGET', KEYS[2], 'version', 'forgotten')
local answer = { f[1] or '0', f[2] or '0' }
local users = redis.call('ZRANGE', KEYS[1], '(' .. ARGV[2], '+inf', 'BYSCORE', 'WITHSCORES')
for i = 1, #users do answer[2 + i] = users[i] end
return answer
`,
  ],
  'allow-oom',
)
