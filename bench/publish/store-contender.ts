/** One connection to Redis, and what a publish over it is. */
export interface StoreConnection {
  /** Resolves when Redis has answered. */
  publish(room: string, text: string): Promise<unknown>
  close(): Promise<void> | void
}

/** Each is loaded only in the process that runs it. */
export const storeContenders = {
  ioredis: async (url) => (await import('./bare-connection.ts')).openBareConnection(url),
  millrace: async (url) => (await import('./millrace-connection.ts')).openMillraceConnection(url),
} as const satisfies Record<string, (url: string) => Promise<StoreConnection>>

export type StoreContenderName = keyof typeof storeContenders

export const storeContenderNames = Object.keys(storeContenders) as StoreContenderName[]

export function isStoreContenderName(name: string): name is StoreContenderName {
  return Object.hasOwn(storeContenders, name)
}
