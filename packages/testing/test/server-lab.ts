import { bytes, defineContract, event, request, room } from '@millrace/contract'
import { createServer, implement, type Middleware, type Server, type ServerOptions } from '@millrace/server'
import { z } from 'zod'
import { connectRaw, type RawClient, type RawOptions } from './server-raw-client.ts'
import { connectStock, type StockClient, type StockOptions } from './server-stock-client.ts'

export interface LabUser {
  readonly id: string
  readonly role: 'member' | 'owner'
}

const anything = z.unknown()
const slowMode = { SLOW_MODE: z.object({ seconds: z.number() }) }

/** A contract with one of everything; what it does is up to each test. */
export const lab = defineContract({
  namespace: '/lab',
  requests: {
    run: request({ input: anything, output: anything, errors: slowMode }),
    add: request({ input: z.object({ a: z.number(), b: z.number() }), output: z.number() }),
    again: request({ input: anything, output: anything, idempotent: true }),
  },
  questions: { confirm: request({ input: z.string(), output: z.object({ yes: z.boolean() }), errors: slowMode }) },
  events: { notice: event(z.object({ text: z.string() })), file: event(bytes()) },
  rooms: {
    desk: room({
      params: z.object({ id: z.string().max(20) }),
      presence: { user: z.object({ name: z.string() }), state: z.object({ status: z.string() }) },
      snapshot: z.object({ size: z.number() }),
      events: {
        note: event(z.object({ text: z.string() }), { publish: 'members' }),
        blob: event(bytes(), { publish: 'members' }),
        flash: event(bytes(), { delivery: 'volatile', publish: 'members' }),
        typing: event(z.object({ on: z.boolean() }), { delivery: 'volatile', publish: 'members' }),
        secret: event(z.string()),
      },
      requests: {
        act: request({ input: anything, output: anything, errors: slowMode }),
        aside: request({ input: anything, output: anything, parallel: true }),
        repeat: request({ input: anything, output: anything, idempotent: true }),
      },
    }),
    hall: room({ events: { note: event(z.object({ text: z.string() }), { publish: 'members' }) } }),
  },
})

type Handlers = Parameters<typeof implement<typeof lab, LabUser>>[1]
type Desk = Handlers['rooms']['desk']

/** What a test replaces; the rest does the least that is right. */
export interface LabParts {
  readonly requests?: Partial<Handlers['requests']>
  readonly desk?: Partial<Omit<Desk, 'requests'>>
  readonly deskRequests?: Partial<Desk['requests']>
  readonly onConnect?: NonNullable<Handlers['onConnect']>
  readonly onDisconnect?: NonNullable<Handlers['onDisconnect']>
  readonly serverUse?: readonly Middleware[]
  readonly use?: readonly Middleware[]
  readonly options?: ServerOptions<LabUser>
}

export interface Lab extends AsyncDisposable {
  readonly server: Server<LabUser>
  readonly port: number
  readonly url: string
  /** What `onError` was given. */
  readonly errors: unknown[]
  connect(options?: StockOptions): Promise<StockClient>
  raw(options?: RawOptions): Promise<RawClient>
}

/** Signs in as `auth.name`; without one, as nobody. */
const authenticateByName: NonNullable<ServerOptions<LabUser>['authenticate']> = ({ auth }) =>
  typeof auth.name === 'string'
    ? { user: { id: auth.name, role: 'member' } }
    : { user: { id: 'nobody', role: 'member' } }

export function createLab(parts: LabParts, errors: unknown[]): Server<LabUser> {
  const server = createServer<LabUser>({
    authenticate: authenticateByName,
    onError: (error) => void errors.push(error),
    ...parts.options,
  })
  for (const middleware of parts.serverUse ?? []) server.use(middleware)
  return server.mount(
    implement<typeof lab, LabUser>(lab, {
      use: parts.use ?? [],
      ...(parts.onConnect ? { onConnect: parts.onConnect } : {}),
      ...(parts.onDisconnect ? { onDisconnect: parts.onDisconnect } : {}),
      requests: {
        run: ({ input }) => input,
        add: ({ input }) => input.a + input.b,
        again: ({ input }) => input,
        ...parts.requests,
      },
      rooms: {
        desk: {
          authorize: () => true,
          snapshot: () => ({ size: 0 }),
          presence: ({ user }) => ({ name: user.id }),
          ...parts.desk,
          requests: {
            act: ({ input }) => input,
            aside: ({ input }) => input,
            repeat: ({ input }) => input,
            ...parts.deskRequests,
          },
        },
        hall: { authorize: () => true },
      },
    }),
  )
}

export async function startLab(parts: LabParts = {}): Promise<Lab> {
  const errors: unknown[] = []
  const server = createLab(parts, errors)
  const port = await server.listen(0, { host: '127.0.0.1' })
  const url = `http://127.0.0.1:${port}/lab`
  return {
    server,
    port,
    url,
    errors,
    connect: (options) => connectStock(url, options),
    raw: (options) => connectRaw(port, '/lab', options),
    [Symbol.asyncDispose]: () => server.close(),
  }
}
