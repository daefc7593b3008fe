import { logRoom } from './log-room.ts'
import { script } from './script.ts'
import { time } from './time.ts'

/**
 * The top of a room, which gets a history where it has none. ARGV: 4 '1' keeps the room for another 30 days; 5 an epoch that
 * ends here ('' for none), because what stands in its stream cannot be read.
 */
export const openRoom = script(
  [
    time,
    logRoom,
    `
load()
if r.epoch == ARGV[5] then begin() end
if ARGV[4] == '1' and r.forgetAt < now + ARGV[3] then
  r.forgetAt = now + ARGV[3]
  save()
end
return { r.epoch, num(r.top), r.id }
`,
  ],
  'allow-oom',
)
