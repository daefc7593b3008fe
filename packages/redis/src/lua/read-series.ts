import { script } from './script.ts'
import { seriesHead } from './series-head.ts'
import { time } from './time.ts'

/** Tracks that are read at once: Lua takes no more than some thousand arguments. */
const slice = 1_000

/**
 * ARGV: 6 and later, the tracks as JSON strings. Answers epoch, version, the time, and the open buckets of each track ('' for none).
 */
export const readOpenBuckets = script(
  [
    time,
    seriesHead,
    `
local isOurs = load()
local answer = { s.epoch, num(s.version), num(now) }
for from = 6, #ARGV, ${slice} do
  local to = math.min(#ARGV, from + ${slice - 1})
  local states = redis.call('HMGET', KEYS[1], unpack(ARGV, from, to))
  for i = 1, to - from + 1 do answer[#answer + 1] = isOurs and states[i] or '' end
end
return answer
`,
  ],
  'allow-oom',
)

/** ARGV: 2 the bytes of each that are read. Answers what is in the chunks KEYS, '' for what is none. */
export const readChunks = script(
  [
    `
local answer = {}
for i = 1, #KEYS do
  local text = redis.pcall('GETRANGE', KEYS[i], 0, ARGV[2] - 1)
  answer[i] = type(text) == 'string' and text or ''
end
return answer
`,
  ],
  'allow-oom',
)
