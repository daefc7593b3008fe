import { logRoom } from './log-room.ts'
import { script } from './script.ts'
import { time } from './time.ts'

/**
 * One page. ARGV: 4 `after` or `before`, 5 to 7 epoch, offset and id of the position (epoch '' for none), 8 limit, 9 maxBytes.
 * Answers `page` or the reason of a gap, epoch, top, id, floor, floorId, whether there is more, then the entries' texts in
 * the order in which they were found.
 */
export const readEntries = script(
  [
    time,
    logRoom,
    `
load()
local function answer(kind, more)
  return { kind, r.epoch, num(r.top), r.id, num(r.floor), r.floorId, more and '1' or '0' }
end
local isAfter = ARGV[4] == 'after'
local from = isAfter and r.floor or r.top + 1
if ARGV[5] ~= '' then
  from = tonumber(ARGV[6])
  if ARGV[5] ~= r.epoch then return answer('epoch') end
  if from > r.top then return answer('rewound') end
  if from < r.floor then return answer('trimmed') end
  local id = r.floorId
  if from > r.floor then
    local row = redis.call('XRANGE', KEYS[2], num(from), num(from))[1]
    id = row and select(3, string.match(row[2][2] or '', line))
  end
  if id ~= ARGV[7] then return answer('rewound') end
end

local limit, maxBytes = tonumber(ARGV[8]), tonumber(ARGV[9])
local texts, bytes, last, count = {}, 0, from, 2
local function isFull() return #texts >= limit or (#texts > 0 and bytes >= maxBytes) end
while not isFull() do
  local rows
  if isAfter then rows = redis.call('XRANGE', KEYS[2], num(last + 1), '+', 'COUNT', count)
  elseif last <= 1 then break
  else rows = redis.call('XREVRANGE', KEYS[2], num(last - 1), '-', 'COUNT', count) end
  if #rows == 0 then break end
  for _, row in ipairs(rows) do
    if isFull() then break end
    local text = row[2][2] or ''
    texts[#texts + 1] = text
    bytes = bytes + (select(6, string.match(text, line)) or #text)
    last = isAfter and last + 1 or last - 1
  end
  -- As many as fit if they are as large as those so far: more are loaded in vain, and there are large ones.
  count = math.max(1, math.min(32, math.floor(#texts * (maxBytes - bytes) / math.max(1, bytes))))
end
local page = answer('page', isAfter and last < r.top or not isAfter and last > r.floor + 1)
for _, text in ipairs(texts) do page[#page + 1] = text end
return page
`,
  ],
  'allow-oom',
)
