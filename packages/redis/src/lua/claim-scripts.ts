import { script } from './script.ts'
import { time } from './time.ts'

/**
 * KEYS: 1 the claim (a hash). ARGV: 2 digest, 3 claimant, 4 token of this attempt, 5 for how long (ms) it is remembered. A retry of
 * the same attempt finds its own token and is told what the first was told. What stands there and is no claim becomes a lost
 * one, since the request may have run.
 */
export const claimKey = script([
  time,
  `
local states = { running = true, settled = true, lost = true }
local f = redis.pcall('HMGET', KEYS[1], 'digest', 'claimant', 'token', 'state', 'answer', 'expiresAt')
local function begin(state)
  redis.call('DEL', KEYS[1])
  redis.call('HSET', KEYS[1], 'digest', ARGV[2], 'claimant', ARGV[3], 'token', ARGV[4], 'state', state, 'answer', '',
    'expiresAt', num(now + ARGV[5]))
  redis.call('PEXPIRE', KEYS[1], ARGV[5])
end
if not f.err and not (f[1] or f[2] or f[3] or f[4] or f[5] or f[6]) then
  begin('running')
  return { 'claimed' }
end
local expiresAt = tonumber(f[6] or '')
-- Twice the time, since clocks of servers that succeed each other differ.
if not (f[1] and f[2] and f[3] and f[5] and states[f[4]] and expiresAt and expiresAt <= now + 2 * ARGV[5]) then
  begin('lost')
  return { 'unreadable' }
end
if now >= expiresAt then
  begin('running')
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
local f = redis.pcall('HMGET', KEYS[1], 'claimant', 'state')
if f[1] == ARGV[2] and f[2] == 'running' then redis.call('HSET', KEYS[1], 'state', ARGV[3], 'answer', ARGV[4]) end
return 'OK'
`,
])

/** Removes the claim if it is in the state ARGV[2] and, if running, of the claimant ARGV[3]. */
export const removeClaim = script([
  `
local f = redis.pcall('HMGET', KEYS[1], 'state', 'claimant')
if f[1] == ARGV[2] and (ARGV[2] ~= 'running' or f[2] == ARGV[3]) then redis.call('DEL', KEYS[1]) end
return 'OK'
`,
])
