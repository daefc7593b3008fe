import { mkdtempSync, rmSync, utimesSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@millrace/client'
import { freePort } from '@millrace/testing/faults'
import { expect, it, onTestFinished } from 'vitest'
import { pulse } from '../pulse/contract.ts'
import { startHome } from './start-home.ts'

// It builds every application twice, once for the server and once to watch.
it('[HOM25] in development a server that was killed starts again, and one whose source changed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-dev-'))
  // With a changed source the supervisor starts anew as well, and knows nothing of a port that the system had chosen.
  const port = await freePort()
  const home = startHome({ DATA_DIR: folder, PORT: String(port) }, ['--import', 'tsx', 'scripts/dev.ts'])
  onTestFinished(async () => {
    home.process.kill('SIGTERM')
    await home.ended
    rmSync(folder, { recursive: true })
  })
  const address = await home.address
  const client = createClient({ url: address, auth: { guest: 'a-developer-of-the-demos' } })
  onTestFinished(() => client.close())
  const serving = async () => (await client.use(pulse).request('about', {}, { timeoutMs: 30_000 })).process
  const before = await serving()
  await client.use(pulse).request('kill', {})
  await expect.poll(serving, { timeout: 30_000 }).not.toBe(before)
  const [after, now] = [await serving(), new Date()]
  utimesSync(join(import.meta.dirname, '../error-line.ts'), now, now)
  await expect.poll(serving, { timeout: 30_000 }).not.toBe(after)
}, 180_000)
