import { script } from './script.ts'

/** KEYS: 1 the node's lease. ARGV: 2 for how long (ms) it holds. A lease that has lapsed is never renewed: 0. */
export const renewLease = script([`return redis.call('PEXPIRE', KEYS[1], ARGV[2])`], 'allow-oom')

/** KEYS: 1 the node's lease, 2 its rooms. ARGV: 2 a room that it is about to enter. 0: the lease has lapsed. */
export const addRoom = script([
  `
if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
redis.call('SADD', KEYS[2], ARGV[2])
return 1
`,
])

/** KEYS: 1 the node's lease, 2 its rooms. The rooms of a node without a lease, at most 1,000; nil while it lives. */
export const roomsOfDead = script([
  `
if redis.call('EXISTS', KEYS[1]) == 1 then return false end
return redis.call('SRANDMEMBER', KEYS[2], 1000)
`,
])
