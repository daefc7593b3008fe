/**
 * What the scripts on a series begin with. KEYS: 1 its hash: the head at '', and at each track, as a JSON string, its open
 * buckets (see open-buckets.ts). ARGV: 2 the epoch of a series that begins now, 3 for how long (ms) one to which nothing is
 * appended is remembered, 4 stepMs, 5 the number of rollups.
 *
 * The head is one line: epoch, version and its id (`-` for version 0), stepMs, rollups, when all
 * tracks were last looked through for expired ones, and how far that has got since. Head and open
 * buckets are one key, so that neither can be lost without the other; what does not read as a head is a loss.
 */
export const seriesHead = `
local s

local function save()
  local head = { s.epoch, num(s.version), s.id, ARGV[4], ARGV[5], num(s.sweptAt), s.cursor }
  redis.call('HSET', KEYS[1], '', table.concat(head, ' '))
  redis.call('PEXPIRE', KEYS[1], ARGV[3])
end

local function begin()
  redis.call('DEL', KEYS[1])
  s = { epoch = ARGV[2], version = 0, id = '-', sweptAt = now, cursor = '0' }
  save()
end

-- True: its rollups are those of ARGV.
local function load()
  local head = redis.pcall('HGET', KEYS[1], '')
  local epoch, version, id, step, levels, sweptAt, cursor
  if type(head) == 'string' then
    epoch, version, id, step, levels, sweptAt, cursor =
      string.match(head, '^(%S+) (%d+) (%S+) (%S+) (%d+) (%d+) (%d+)$')
  end
  if not epoch then
    begin()
    return true
  end
  s = { epoch = epoch, version = tonumber(version), id = id, sweptAt = tonumber(sweptAt), cursor = cursor }
  return step == ARGV[4] and levels == ARGV[5]
end
`
