// A node of the cluster under faults. Environment: NODE_NAME, PORT, REDIS_URL, and CLOCK_OFFSET_MS, by which its clock is
// ahead, DRAIN_WAIT_MS and DRAIN_OVER_MS for SIGTERM, DEADLINE_MS, COMPARE_MS and MAX_PENDING of its store. Prints JSON lines:
// {"type":"ready","port"} and {"type":"error","message"}. /stats tells what it holds; /shout says something on every channel of
// Socket.IO's adapter, by which the other nodes count one more shout; /revoke/<user> revokes.
import { createServer } from '@millrace/server'
import { redis, type RedisStore } from '@millrace/redis'
import { faultContract } from '../contract.ts'
import { authenticate } from './authenticate.ts'
import { implementFaults } from './implementation.ts'
import { shiftedClock } from './shifted-clock.ts'
import { readStats } from './stats.ts'
import { watchRedisClients } from './watch-redis-clients.ts'

const {
  NODE_NAME = 'node',
  PORT = '0',
  REDIS_URL = '',
  CLOCK_OFFSET_MS = '0',
  DRAIN_WAIT_MS = '5000',
  DRAIN_OVER_MS = '',
  DEADLINE_MS = '',
  COMPARE_MS = '',
  MAX_PENDING = '',
} = process.env
const say = (line: object): void => void process.stdout.write(`${JSON.stringify(line)}\n`)
const watch = watchRedisClients()
const provider = redis({
  url: REDIS_URL,
  ...(DEADLINE_MS && { deadlineMs: Number(DEADLINE_MS) }),
  ...(COMPARE_MS && { health: { compareMs: Number(COMPARE_MS) } }),
  ...(MAX_PENDING && { maxPending: Number(MAX_PENDING) }),
})
let store: RedisStore | undefined
let shouts = 0

const server = createServer({
  store: { open: async (context) => (store = await provider.open(context)) },
  authenticate,
  clock: shiftedClock(Number(CLOCK_OFFSET_MS)),
  limits: { roomLingerMs: 1_000 },
  onError: (error) => say({ type: 'error', message: error instanceof Error ? error.message : String(error) }),
})
server.mount(implementFaults(NODE_NAME))
const port = await server.listen(Number(PORT), {
  host: '127.0.0.1',
  handler: ({ url }, response) => {
    if (url === '/shout') shout()
    if (url?.startsWith('/revoke/')) return void server.revoke(url.slice('/revoke/'.length)).then(() => response.end())
    const own = { connections: server.io.engine.clientsCount, skipped: store?.skipped ?? 0, shouts }
    response.end(JSON.stringify(readStats(own, watch)))
  },
})
const sockets = server.io.of(faultContract.namespace)
sockets.on('shout', () => void shouts++)
function shout(): void {
  sockets.serverSideEmit('shout')
  sockets.to('nobody').emit('shout')
  sockets
    .in('nobody')
    .fetchSockets()
    .catch((error: unknown) => say({ type: 'error', message: String(error) }))
}
const drain = { loadBalancerWaitMs: Number(DRAIN_WAIT_MS), ...(DRAIN_OVER_MS && { overMs: Number(DRAIN_OVER_MS) }) }
process.once('SIGTERM', () => void server.drain(drain).then(() => process.exit(0)))
say({ type: 'ready', port })
