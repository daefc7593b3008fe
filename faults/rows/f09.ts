import { poisonChannels } from './poison-channels.ts'
import { poisonStreams } from './poison-streams.ts'
import type { Row } from './row.ts'

/** Somebody else writes into Redis what no node ever says. */
export const f09: Row = {
  id: 'F09',
  async run(fleet, findings, { seed, isLong }) {
    await poisonChannels(fleet, findings, seed, isLong ? 100_000 : 10_000)
    await poisonStreams(fleet, findings, seed)
  },
}
