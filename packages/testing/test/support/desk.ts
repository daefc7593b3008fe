import type { Client, ClientOptions } from '@millrace/client'
import { assembleOutbox, memoryOutbox, type Outbox, type OutboxOptions } from '@millrace/client/outbox'
import { implement } from '@millrace/server'
import { createPair, type Cable, type Pair, type TestUser } from '@millrace/testing'
import { desk } from './desk-contract.ts'

export interface Run {
  readonly user: string
  readonly name: string
  readonly key: string | undefined
  readonly input: unknown
}

/** What the handlers do. Replaced by tests. */
export interface DeskRules {
  /** Called for each `say` and `pay`, before it is answered; throws to refuse. */
  take: (run: Run) => Promise<void> | void
  authorize: (user: string, id: string) => boolean
  readonly runs: Run[]
}

export function deskRules(): DeskRules {
  return { take: () => {}, authorize: () => true, runs: [] }
}

export function deskApp(rules: DeskRules) {
  const authorize = ({ user, params: { id } }: { user: TestUser; params: { id: string } }) =>
    rules.authorize(user.id, id)
  const take = async (run: Run) => {
    rules.runs.push(run)
    await rules.take(run)
    return { ...(run.input as { text: string }), run: rules.runs.length }
  }
  return implement<typeof desk, TestUser>(desk, {
    rooms: {
      talk: {
        authorize,
        snapshot: () => ({ runs: rules.runs.length }),
        requests: {
          say: async ({ user, key, input, room: here }) => {
            const said = await take({ user: user.id, name: 'say', key, input })
            await here.publish('said', input, { key })
            return said
          },
          pay: ({ user, key, input }) => take({ user: user.id, name: 'pay', key, input }),
          file: ({ user, key, input }) => {
            rules.runs.push({ user: user.id, name: 'file', key, input })
            return input.file.byteLength
          },
        },
      },
      club: {
        authorize,
        presence: ({ user }) => ({ name: user.name }),
        requests: { say: ({ user, key, input }) => take({ user: user.id, name: 'say', key, input }) },
      },
      hall: {
        authorize: () => true,
        requests: { late: ({ user, key, input }) => take({ user: user.id, name: 'late', key, input }) },
      },
    },
  })
}

export interface Seat {
  readonly client: Client
  readonly cable: Cable
  readonly outbox: Outbox<typeof desk>
  readonly errors: Error[]
  /** `text:run` of each answer, in order. */
  readonly answers: string[]
}

/** Clients with outboxes, a server, and time that the test moves. */
export class Desk implements AsyncDisposable {
  readonly pair: Pair
  readonly rules: DeskRules
  readonly store = memoryOutbox()

  constructor(pair: Pair, rules: DeskRules) {
    this.pair = pair
    this.rules = rules
  }

  /** A client that is not connected yet, and its outbox. */
  open(options: Partial<OutboxOptions<typeof desk>> = {}, clientOptions: ClientOptions = {}): Seat {
    const { client, cable } = this.pair.client({ auth: { user: 'ada' }, ...clientOptions })
    const errors: Error[] = []
    const outbox = assembleOutbox(
      client,
      desk,
      {
        store: this.store,
        joins: { club: { presence: { status: 'away' } } },
        onError: (error) => errors.push(error),
        ...options,
      },
      { clock: this.pair.clock, random: this.pair.random },
    )
    const answers: string[] = []
    outbox.on('answered', (answered) => {
      if (answered.name !== 'file') answers.push(`${answered.answer.text}:${answered.answer.run}`)
    })
    return { client, cable, outbox, errors, answers }
  }

  /** Texts of what ran, in order. */
  get texts(): readonly string[] {
    return this.rules.runs.map(({ input }) => (input as { text: string }).text)
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.pair[Symbol.asyncDispose]()
  }
}

export async function openDesk(): Promise<Desk> {
  const rules = deskRules()
  return new Desk(await createPair({ implementations: [deskApp(rules)] }), rules)
}
