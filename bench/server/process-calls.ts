import { collectGarbage, settledRssBytes } from './memory.ts'
import { startProfile, stopProfile } from './profile.ts'

/** What every server process answers about itself. */
export const processCalls = {
  cpuMicros: () => {
    const { user, system } = process.cpuUsage()
    return user + system
  },
  collectGarbage,
  rssBytes: () => process.memoryUsage.rss(),
  settledRssBytes,
  startProfile,
  stopProfile,
}
