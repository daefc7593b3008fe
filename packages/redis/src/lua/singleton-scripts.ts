import { script } from './script.ts'
import { time } from './time.ts'

/** KEYS: 1 the hold (a hash). ARGV: 2 holder, 3 for how long (ms). 0: somebody else holds it. */
export const holdSingleton = script([
  time,
  `
local f = redis.call('HMGET', KEYS[1], 'holder', 'until')
if f[1] and f[1] ~= ARGV[2] and now < tonumber(f[2]) then return 0 end
redis.call('HSET', KEYS[1], 'holder', ARGV[2], 'until', num(now + ARGV[3]))
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return 1
`,
])

/** KEYS: 1 the hold. ARGV: 2 holder. */
export const releaseSingleton = script(
  [`if redis.call('HGET', KEYS[1], 'holder') == ARGV[2] then redis.call('DEL', KEYS[1]) end return 'OK'`],
  'allow-oom',
)
