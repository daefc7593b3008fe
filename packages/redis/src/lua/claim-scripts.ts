import { script } from './script.ts'
import { time } from './time.ts'

/**
 * KEYS: 1 the claim (a hash). ARGV: 2 digest, 3 claimant, 4 token of this attempt, 5 for how long (ms) it is remembered. A retry of
 * the same attempt finds its own token and is told what the first was told.
 */
export const claimKey = script([
  time,
  `
local f = redis.call('HMGET', KEYS[1], 'digest', 'claimant', 'token', 'state', 'answer', 'expiresAt')
if not f[1] or now >= tonumber(f[6]) then
  redis.call('DEL', KEYS[1])
  redis.call('HSET', KEYS[1], 'digest', ARGV[2], 'claimant', ARGV[3], 'token', ARGV[4], 'state', 'running', 'answer', '',
    'expiresAt', num(now + ARGV[5]))
  redis.call('PEXPIRE', KEYS[1], ARGV[5])
  return { 'claimed' }
end
if f[1] ~= ARGV[2] then return { 'mismatch' } end
if f[4] == 'running' and f[3] == ARGV[4] then return { 'claimed' } end
return { f[4], f[4] == 'settled' and f[5] or f[2] }
`,
])

/** Ends a running claim of one claimant. ARGV: 2 claimant, 3 the state it gets, 4 the answer. */
export const endClaim = script([
  `
local f = redis.call('HMGET', KEYS[1], 'claimant', 'state')
if f[1] == ARGV[2] and f[2] == 'running' then redis.call('HSET', KEYS[1], 'state', ARGV[3], 'answer', ARGV[4]) end
return 'OK'
`,
])

/** Removes the claim if it is in the state ARGV[2] and, if running, of the claimant ARGV[3]. */
export const removeClaim = script([
  `
local f = redis.call('HMGET', KEYS[1], 'state', 'claimant')
if f[1] == ARGV[2] and (ARGV[2] ~= 'running' or f[2] == ARGV[3]) then redis.call('DEL', KEYS[1]) end
return 'OK'
`,
])
