import { hostName } from './read-machine.ts'

export interface Named {
  /** What people call the node. */
  readonly nodeName: string | undefined
  /** Undefined where the node is alone. */
  readonly redisUrl: string | undefined
}

/** A name that no other node has and that charts can have as a key: its own, else that of its host, and process. */
export function nodeNameOf({ nodeName, redisUrl }: Named): string {
  if (nodeName !== undefined) return nodeName.replaceAll(/[^\w.:-]/g, '-').slice(0, 64)
  return redisUrl === undefined ? hostName() : `${hostName()}-${process.pid}`
}
