import { once } from 'node:events'
import { Redis } from 'ioredis'

export interface AdapterClients {
  readonly publisher: Redis
  readonly subscriber: Redis
}

/** The two connections that an adapter asks for. Ready, since ioredis fails one that subscribes while it still looks whether it is. */
export async function openClients(url: string): Promise<AdapterClients> {
  const publisher = new Redis(url)
  const subscriber = publisher.duplicate()
  await Promise.all([once(publisher, 'ready'), once(subscriber, 'ready')])
  return { publisher, subscriber }
}
