import type { Client, CreateClientOptions } from '@millrace/client'
import { startTestServer, type TestUser } from '@millrace/testing'
import type { Server } from '@millrace/server'
import { cleanup, configure } from '@testing-library/react'
import { club, clubApp, Notes } from './club.ts'

// On a busy machine a second, which is the default, is soon over.
configure({ asyncUtilTimeout: 8_000 })

export interface OpenClub extends AsyncDisposable {
  readonly notes: Notes
  readonly server: Server<TestUser>
  /** What the clients reported. */
  readonly errors: unknown[]
  client(user?: string, options?: Partial<CreateClientOptions>): Client
  /** Resolves once a client has asked the server something and had its answer: what was sent before it has arrived. */
  roundTrip(client: Client): Promise<unknown>
}

/** A real server with its notes. What is on the page goes before the server does. */
export async function openClub(count = 0): Promise<OpenClub> {
  const notes = new Notes()
  notes.fill(count)
  const test = await startTestServer<TestUser>({ implementations: [clubApp(notes)] })
  const errors: unknown[] = []
  return {
    notes,
    server: test.server,
    errors,
    client: (user = 'ada', options = {}) =>
      test.client({
        auth: { user },
        reconnect: { minDelayMs: 1, maxDelayMs: 20 },
        onError: (error) => errors.push(error),
        ...options,
      }),
    roundTrip: (client) => client.use(club).request('double', { n: 1 }),
    async [Symbol.asyncDispose]() {
      cleanup()
      await test[Symbol.asyncDispose]()
    },
  }
}
