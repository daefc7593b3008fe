import { text, unorderedBytes } from './update-bytes.ts'

/**
 * Its clients are in another order than that of Yjs. `Y.mergeUpdates` takes the second for written, and leaves it out; whatever somebody
 * else writes beside it then waits for it, for good.
 */
export const lostInMerge = unorderedBytes([
  { client: 600, clock: 0, structs: [text('something longer')] },
  { client: 900, clock: 0, structs: [text('lost')] },
])
