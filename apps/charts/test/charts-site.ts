import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient, type Client } from '@millrace/client'
import { createServer, memory, type Store } from '@millrace/server'
import { collectComplaints, isServerAway, launchChromium } from '@millrace/testing/browser'
import { startTcpProxy, type TcpProxy } from '@millrace/testing/faults'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { build } from 'vite'
import { charts } from '../contract.ts'
import { createCharts, NodeLog } from '../server.ts'
import { serveFolder } from './serve-folder.ts'

const web = join(import.meta.dirname, '../web')

export interface ChartsVisit {
  readonly page: Page
  readonly complaints: readonly string[]
}

/** The charts' page as it is now, a node that serves it, a network before it, and a browser. */
export class ChartsSite implements AsyncDisposable {
  readonly browser: Browser
  /** What visitors connect through. */
  readonly network: TcpProxy
  readonly log: NodeLog
  /** Of a visitor who has no page. */
  readonly client: Client
  readonly errors: readonly unknown[]
  readonly #closers: (() => unknown)[]

  private constructor(
    parts: Pick<ChartsSite, 'browser' | 'network' | 'log' | 'client' | 'errors'>,
    closers: (() => unknown)[],
  ) {
    this.browser = parts.browser
    this.network = parts.network
    this.log = parts.log
    this.client = parts.client
    this.errors = parts.errors
    this.#closers = closers
  }

  static async start(): Promise<ChartsSite> {
    const folder = mkdtempSync(join(tmpdir(), 'millrace-charts-'))
    const configFile = join(web, 'vite.config.ts')
    await build({ root: web, configFile, logLevel: 'error', build: { outDir: folder, chunkSizeWarningLimit: 2_000 } })
    const errors: unknown[] = []
    const onError = (error: unknown): void => void errors.push(error)
    const log = new NodeLog({ isPublic: false })
    const provider = memory()
    let lent: Store | undefined
    const server = createServer<{ readonly id: string }>({
      store: { open: async (context) => (lent = await provider.open(context)) },
      authenticate: ({ auth }) => ({ user: { id: String(auth.guest) } }),
      onError,
    })
    const store = (): Store => {
      if (lent === undefined) throw new Error('the store is not open yet')
      return lent
    }
    const parts = { server, store, nodeName: 'mill-1', log, maySetRate: () => true, backMs: 1_200_000, onError }
    const { implementation, start, stop } = createCharts(parts)
    server.mount(implementation)
    const port = await server.listen(0, { host: '127.0.0.1', handler: serveFolder(folder) })
    start()
    const network = await startTcpProxy(port)
    const browser = await launchChromium()
    const client = createClient({ url: `http://127.0.0.1:${port}`, auth: { guest: 'watcher' } })
    return new ChartsSite({ browser, network, log, client, errors }, [
      () => browser.close(),
      () => client.close(),
      () => network[Symbol.asyncDispose](),
      stop,
      () => server.close(),
      () => rmSync(folder, { recursive: true }),
    ])
  }

  get market() {
    return this.client.use(charts).room('market')
  }

  /** A visitor with a browser profile of their own. Default 1440 x 900, light. */
  async open(hash: string, profile: BrowserContextOptions = {}): Promise<ChartsVisit> {
    const context = await this.browser.newContext({ viewport: { width: 1440, height: 900 }, ...profile })
    const page = await context.newPage()
    const complaints = collectComplaints(page, { isExpected: isServerAway })
    await page.goto(`http://localhost:${this.network.port}/charts/#${hash}`)
    await page.locator('.mr-shell').waitFor()
    return { page, complaints }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const close of this.#closers) await close()
  }
}
