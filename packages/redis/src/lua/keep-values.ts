import { script } from './script.ts'
import { stateRoom } from './state-room.ts'
import { time } from './time.ts'

/** Keeps an empty room for another 30 days. */
export const keepValues = script(
  [
    time,
    stateRoom,
    `
load()
if r.size == 0 then
  r.forgetAt = now + ARGV[3]
  save()
  expire()
end
return 'OK'
`,
  ],
  'allow-oom',
)
