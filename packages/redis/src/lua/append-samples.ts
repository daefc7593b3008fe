import { script } from './script.ts'
import { seriesBuckets } from './series-buckets.ts'
import { seriesHead } from './series-head.ts'
import { time } from './time.ts'

/**
 * One batch, all or nothing. KEYS: 2 the channel of the series, 3 the memory of this batch. ARGV: 6 maxTracks, 7 retentionMs,
 * 8 for how long (ms) the batch is remembered, 9 what the names of its chunks begin with, 10 the samples (see
 * series-text.ts), 11 the id of the version that this makes; then widths, spans and retentions (see series-buckets.ts), and the tracks as
 * JSON strings.
 *
 * Answers epoch, version, and for each sample that was refused its index (4 bytes) and `b` or `f`.
 *
 * A bucket that closes is appended to its chunk and merged into the open one of the next rollup, which may close in turn: most
 * samples touch the finest rollup alone.
 */
export const appendSamples = script([
  time,
  seriesHead,
  seriesBuckets,
  `
local samples, first = ARGV[10], 12 + 3 * levels
local stateBytes = levels * bucketBytes

if not load() then begin() end
local known = redis.pcall('GET', KEYS[3])
if type(known) == 'string' then
  local epoch, version, refused = string.match(known, '^(%S+) (%d+) (.*)$')
  if epoch == s.epoch then return { epoch, version, refused } end
end

-- Tracks of which nothing is kept any more make room for others, some at a time. True: some did.
local function sweep()
  if s.cursor == '0' and now < s.sweptAt + math.min(60000, ARGV[7] / 16) then return false end
  local page = redis.call('HSCAN', KEYS[1], s.cursor, 'COUNT', 1000)
  s.cursor = page[1]
  if s.cursor == '0' then s.sweptAt = now end
  local all, hasSwept = page[2], false
  for i = 1, #all, 2 do
    if all[i] ~= '' and (#all[i + 1] < bucketBytes or decode('<d', all[i + 1], 49) < now - ARGV[7]) then
      redis.call('HDEL', KEYS[1], all[i])
      hasSwept = true
    end
  end
  return hasSwept
end

-- What is kept of the tracks, and how many more there may be.
local function find(names)
  local states = names == 0 and {} or redis.call('HMGET', KEYS[1], unpack(ARGV, first, #ARGV))
  local free = ARGV[6] - (redis.call('HLEN', KEYS[1]) - 1)
  local unknown = 0
  for i = 1, names do
    if not states[i] then unknown = unknown + 1 end
  end
  if unknown > free and sweep() then return find(names) end
  return states, free
end

-- Nil: the data is harmed.
local function append()
  local names = #ARGV - first + 1
  local states, free = find(names)
  local tracks, refused, accepted, hasAll = {}, {}, {}, true
  local function refuse(index, why)
    hasAll = false
    refused[#refused + 1] = pack('<I4', index) .. why
  end
  for position = 1, #samples, 20 do
    local name, at, value = decode('<I4dd', samples, position)
    local track = tracks[name + 1]
    if not track then
      local state = states[name + 1]
      track = { name = ARGV[first + name], state = state }
      tracks[name + 1] = track
      if state then
        if #state ~= stateBytes then return end
        local b = read(state, 1)
        if not b or not (b[7] >= b[1] and b[7] < 2 ^ 53 and b[1] > -2 ^ 53) then return end
        track[1] = b
      else
        track.state = string.rep(pack('<d', 0 / 0), 8 * levels)
      end
    end
    local b = track[1]
    if not b and free <= 0 then
      refuse((position - 1) / 20, 'f')
    elseif b and at < b[7] then
      refuse((position - 1) / 20, 'b')
    elseif b and at == b[7] and value == b[8] then
      hasAll = false
    else
      if not b then
        free = free - 1
        track[1] = { at, value, at, value, at, value, at, value }
      elseif floor(at / widths[1]) == floor(b[1] / widths[1]) then
        if value < b[4] then b[3], b[4] = at, value end
        if value > b[6] then b[5], b[6] = at, value end
        b[7], b[8] = at, value
      else
        track[1] = { at, value, at, value, at, value, at, value }
        if not close(track, 1, b) then return end
      end
      track.isChanged = true
      accepted[#accepted + 1] = position
    end
  end
  local changed = {}
  for i = 1, names do
    if tracks[i] and tracks[i].isChanged then
      changed[#changed + 1] = tracks[i].name
      changed[#changed + 1] = write(tracks[i])
    end
  end
  if #changed > 0 then redis.call('HSET', KEYS[1], unpack(changed)) end
  if hasAll then return samples, '' end
  for i = 1, #accepted do accepted[i] = string.sub(samples, accepted[i], accepted[i] + 19) end
  return table.concat(accepted), table.concat(refused)
end

local stored, refused = append()
if not stored then
  begin()
  stored, refused = append()
end
if #stored > 0 then s.version, s.id = s.version + 1, ARGV[11] end
save()
local version = num(s.version)
redis.call('SET', KEYS[3], s.epoch .. ' ' .. version .. ' ' .. refused, 'PX', ARGV[8])
if #stored > 0 then
  local names = '[' .. table.concat(ARGV, ',', first, #ARGV) .. ']'
  local line = table.concat({ s.epoch, version, s.id, #names }, ' ')
  redis.call('SPUBLISH', KEYS[2], 't' .. line .. '\\n' .. names .. stored)
end
return { s.epoch, version, refused }
`,
])
