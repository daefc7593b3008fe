import { logRoom } from './log-room.ts'
import { script } from './script.ts'
import { time } from './time.ts'

/**
 * One append, all or nothing. KEYS: 3 the room's channel, 4 the memory of the publisher's key (left out without one).
 * ARGV: 4 id, 5 head, 6 kind (`t` or `b`), 7 payload, 8 maxEvents, 9 maxBytes, 10 ttlMs, 11 digest of the payload, 12 for how
 * long (ms) the key is remembered.
 *
 * Answers `stored` or `known` with epoch, offset, id and time, or `other`: the key was used with another payload.
 *
 * The order: the key first, so that a retry does nothing at all. XADD before the new top, since only XADD can fail (an
 * entry of that offset may exist where the head is older than the stream) and a top without its entry would be a hole. The
 * key after the entry, since a key without an entry would swallow the retry. Publishing last: what is delivered is stored.
 */
export const appendEntry = script([
  time,
  logRoom,
  `
load()
if KEYS[4] then
  local known = redis.call('GET', KEYS[4]) or ''
  local epoch, offset, id, at, expiresAt, digest = string.match(known, '^(%S+) (%d+) (%S+) (%d+) (%d+) (%S+)$')
  if epoch == r.epoch and tonumber(offset) <= r.top and now < tonumber(expiresAt) then
    if digest ~= ARGV[11] then return { 'other' } end
    return { 'known', epoch, offset, id, at }
  end
end

-- A clock that was set back must not make a newer entry older.
local at = math.max(now, r.at)
local text
local function add()
  local prev = r.id == '' and '-' or r.id
  local offset = num(r.top + 1)
  local line = string.format('%s %s %s %s %d %s %d', r.epoch, offset, ARGV[4], prev, at, ARGV[6], #ARGV[7])
  text = line .. '\\n' .. ARGV[5] .. '\\n' .. ARGV[7]
  return redis.pcall('XADD', KEYS[2], offset .. '-0', 'e', text)
end
local function store()
  local added = add()
  if type(added) == 'table' and added.err then return added end
  if r.floor == r.top then r.oldestAt = at end
  r.top, r.id, r.at, r.bytes = r.top + 1, ARGV[4], at, r.bytes + #ARGV[7]
  r.ttlMs = tonumber(ARGV[10])
  r.forgetAt = now + r.ttlMs + ARGV[3]
  trim(tonumber(ARGV[8]), tonumber(ARGV[9]), r.ttlMs)
end
local refused = store()
if refused and (string.find(refused.err, 'WRONGTYPE') or string.find(refused.err, 'equal or smaller')) then
  begin()
  refused = store()
end
if refused then return refused end
-- Trimming met an entry that cannot be read, and the room began anew without this one.
if r.top == 0 then store() end
save()
-- Ten minutes more than its age, so that a stream which is gone while it should be there is a loss.
redis.call('PEXPIRE', KEYS[2], num(r.ttlMs + 600000))
if KEYS[4] then
  local value = table.concat({ r.epoch, num(r.top), r.id, num(at), num(now + ARGV[12]), ARGV[11] }, ' ')
  redis.call('SET', KEYS[4], value, 'PX', ARGV[12])
end
redis.call('SPUBLISH', KEYS[3], 'e' .. text)
return { 'stored', r.epoch, num(r.top), r.id, num(at) }
`,
])
