import { maxBlobBytes } from '@millrace/server'
import { script } from './script.ts'
import { time } from './time.ts'

/**
 * What the scripts on kept bytes begin with. KEYS: 1 what is known by name (hash: a line of revision, time and length), 2 the
 * bytes by name (hash). ARGV: 2 the name. Neither key expires. \`find\` answers the line and its revision, false where there is
 * none of that name, and nil where something stands there that no write made.
 */
const blob = `
local function find()
  local head, size = redis.pcall('HGET', KEYS[1], ARGV[2]), redis.pcall('HSTRLEN', KEYS[2], ARGV[2])
  if type(head) == 'table' or type(size) == 'table' then return nil end
  if not head and size == 0 then return false end
  if not head then return nil end
  local revision, length = string.match(head, '^([%w_-]+) %d+ (%d+)$')
  if not revision or tonumber(length) ~= size or size > ${maxBlobBytes} then return nil end
  return head, revision
end
local head, revision = find()
`

/** Answers `none`, `garbage`, or `blob`, the line and the bytes. */
export const readBlob = script(
  [
    blob,
    `
if head == nil then return { 'garbage' } end
if not head then return { 'none' } end
return { 'blob', head, redis.call('HGET', KEYS[2], ARGV[2]) }
`,
  ],
  'allow-oom',
)

/**
 * ARGV: 3 the new revision, 4 the one that is replaced ('' for none), 5 the bytes, 6 how many names a room may have.
 * Answers `written`, `garbage`, `full`, or `kept` and the revision that is there ('' for none).
 */
export const writeBlob = script([
  time,
  blob,
  `
if head == nil then return { 'garbage' } end
if (revision or '') ~= ARGV[4] then return { 'kept', revision or '' } end
if not head and redis.call('HLEN', KEYS[1]) >= tonumber(ARGV[6]) then return { 'full' } end
redis.call('HSET', KEYS[2], ARGV[2], ARGV[5])
redis.call('HSET', KEYS[1], ARGV[2], ARGV[3] .. ' ' .. num(now) .. ' ' .. num(#ARGV[5]))
return { 'written' }
`,
])

/** ARGV: 3 the revision, '' for any, garbage included. Answers `removed`, `none` or `garbage`. */
export const removeBlob = script(
  [
    blob,
    `
if ARGV[3] ~= '' then
  if head == nil then return { 'garbage' } end
  if revision ~= ARGV[3] then return { 'none' } end
end
local removed = false
for _, key in ipairs(KEYS) do
  local count = redis.pcall('HDEL', key, ARGV[2])
  if type(count) == 'table' then return { 'garbage' } end
  removed = removed or count > 0
end
return { removed and 'removed' or 'none' }
`,
  ],
  'allow-oom',
)

/**
 * KEYS: 1 what is known by name. ARGV: 2 what the names begin with, 3 to 5 the most names, bytes of a name and bytes of a line.
 * Answers `garbage`, or `names`, then name and line of each, not in order.
 */
export const listBlobs = script(
  [
    `
local count = redis.pcall('HLEN', KEYS[1])
if type(count) == 'table' or count > tonumber(ARGV[3]) then return { 'garbage' } end
local found, answer = redis.call('HGETALL', KEYS[1]), { 'names' }
for i = 1, #found, 2 do
  local name, head = found[i], found[i + 1]
  if #name > tonumber(ARGV[4]) or #head > tonumber(ARGV[5]) then return { 'garbage' } end
  if string.sub(name, 1, #ARGV[2]) == ARGV[2] then answer[#answer + 1], answer[#answer + 2] = name, head end
end
return answer
`,
  ],
  'allow-oom',
)
