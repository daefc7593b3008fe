/**
 * The buckets of a track, for the script that appends. ARGV: 9 what the names of chunks begin with, and from 12 on the width of
 * each rollup (ms), then the span of each rollup's chunks, then for how long each is kept.
 *
 * A track is a table of its name, its `state` as it was read, and at 1, 2.. the open buckets of those rollups that were touched.
 */
export const seriesBuckets = `
local floor, pack, decode = math.floor, struct.pack, struct.unpack
local levels = tonumber(ARGV[5])
local widths, spans, kept = {}, {}, {}
for level = 1, levels do
  widths[level], spans[level] = tonumber(ARGV[11 + level]), tonumber(ARGV[11 + levels + level])
  kept[level] = tonumber(ARGV[11 + 2 * levels + level])
end
local bucketBytes = 64

-- A bucket is first, least, greatest and last, each with its time.
local function read(state, level)
  local b = { decode('<dddddddd', state, (level - 1) * bucketBytes + 1) }
  if b[1] == b[1] then return b end
end

local function isSame(b, i, j) return b[i] == b[j] and b[i + 1] == b[j + 1] end

local function points(b)
  if isSame(b, 1, 7) and b[4] == b[6] then return pack('<dd', b[1], b[2]) end
  local low = not isSame(b, 3, 1) and not isSame(b, 3, 7)
  local high = not isSame(b, 5, 1) and not isSame(b, 5, 7)
  if not low and not high then return pack('<dddd', b[1], b[2], b[7], b[8]) end
  if not high then return pack('<dddddd', b[1], b[2], b[3], b[4], b[7], b[8]) end
  if not low then return pack('<dddddd', b[1], b[2], b[5], b[6], b[7], b[8]) end
  if b[3] <= b[5] then return pack('<dddddddd', unpack(b, 1, 8)) end
  return pack('<dddddddd', b[1], b[2], b[5], b[6], b[3], b[4], b[7], b[8])
end

local function merge(b, from)
  if from[4] < b[4] then b[3], b[4] = from[3], from[4] end
  if from[6] > b[6] then b[5], b[6] = from[5], from[6] end
  b[7], b[8] = from[7], from[8]
end

-- False: something else stands where the chunk should.
local function close(track, level, b)
  local chunk = floor(b[1] / spans[level])
  local key = ARGV[9] .. s.epoch .. ':' .. level .. ':' .. num(chunk) .. ':' .. track.name
  local text = points(b)
  local length = redis.pcall('APPEND', key, text)
  if type(length) ~= 'number' then
    if string.find(length.err, 'WRONGTYPE') then return false end
    error(length.err)
  end
  if length == #text then
    redis.call('PEXPIRE', key, num(math.max(1, (chunk + 1) * spans[level] + kept[level] - now)))
  end
  if level == levels then return true end
  local wider = track[level + 1] or read(track.state, level + 1)
  track[level + 1] = wider or b
  if not wider then return true end
  if floor(wider[1] / widths[level + 1]) == floor(b[1] / widths[level + 1]) then
    merge(wider, b)
    return true
  end
  track[level + 1] = b
  return close(track, level + 1, wider)
end

local function write(track)
  local text = pack('<dddddddd', unpack(track[1], 1, 8))
  local level = 2
  while track[level] do
    text = text .. pack('<dddddddd', unpack(track[level], 1, 8))
    level = level + 1
  end
  return text .. string.sub(track.state, (level - 1) * bucketBytes + 1)
end
`
