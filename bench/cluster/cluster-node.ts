import type { Payload } from '../payload.ts'

/** One server of a cluster under test, as its own process runs it. It authenticates and lets connections join rooms. */
export interface ClusterNode extends AsyncDisposable {
  readonly port: number
  /** Clients that are connected to this node. */
  readonly connections: number
  /** Sends the payload once to every member of the room, on all nodes. A failure ends the process. */
  publish(room: string, payload: Payload): void
  /** Resolves when this node hears what other nodes publish to the rooms of its members. */
  settled(): Promise<void>
}

/** Each is loaded only in the process that runs it. */
export const clusterContenders = {
  'redis-adapter': async (url) => (await import('./classic-node.ts')).startClassicNode(url),
  'redis-adapter-sharded': async (url) => (await import('./sharded-node.ts')).startShardedNode(url),
  'redis-streams-adapter': async (url) => (await import('./streams-node.ts')).startStreamsNode(url),
  millrace: async (url) => (await import('./millrace-node.ts')).startMillraceNode(url),
} as const satisfies Record<string, (url: string) => Promise<ClusterNode>>

export type ClusterContenderName = keyof typeof clusterContenders

export const clusterContenderNames = Object.keys(clusterContenders) as ClusterContenderName[]

export function isClusterContenderName(name: string): name is ClusterContenderName {
  return Object.hasOwn(clusterContenders, name)
}
