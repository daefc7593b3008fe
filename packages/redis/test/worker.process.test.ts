import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { defineContract, event, room } from '@millrace/contract'
import { implement } from '@millrace/server'
import { startTestServer, type TestUser } from '@millrace/testing'
import { startRedis } from '@millrace/testing/faults'
import { expect, it, vi } from 'vitest'
import { z } from 'zod'
import { redis } from '../src/redis-store.ts'

const program = fileURLToPath(new URL('../../../docs/guide/worker.ts', import.meta.url))

/** As the program's, which would publish where it is imported. */
const market = defineContract({
  namespace: '/market',
  events: { notice: event(z.object({ text: z.string() })) },
  rooms: {
    share: room({ params: z.object({ share: z.string() }), events: { trade: event(z.object({ price: z.number() })) } }),
  },
})
const app = implement<typeof market, TestUser>(market, { rooms: { share: { authorize: () => true } } })

async function runWorker(url: string): Promise<{ code: unknown; output: string }> {
  const args = ['--import', 'tsx', '--conditions=@millrace/source', program]
  const worker = spawn(process.execPath, args, {
    env: { ...process.env, REDIS_URL: url },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [[code], output] = await Promise.all([once(worker, 'exit'), text(worker.stdout)])
  return { code, output }
}

it('[PUB1, PUB3, PUB5, PUB7] a worker publishes to a server of another process, once for one job, and ends', async () => {
  await using server = await startRedis(['--appendonly', 'yes'])
  await using served = await startTestServer({ implementations: [app], store: redis({ url: server.url }) })
  const heard: unknown[] = []
  const namespace = served.client({ auth: { user: 'ada' } }).use(market)
  namespace.on('notice', ({ text: told }) => heard.push(told))
  const share = namespace.room('share', { share: 'MILL' })
  share.on('trade', ({ price }) => heard.push(price))
  await share.join()
  for (let run = 0; run < 2; run++) expect(await runWorker(server.url)).toEqual({ code: 0, output: 'stored as 1\n' })
  const told = 'your order was filled'
  await vi.waitFor(() => expect(heard).toEqual([17, told, told]))
})
