import { readFile } from 'node:fs/promises'
import { mkdtempSync, rmSync } from 'node:fs'
import type { RequestListener } from 'node:http'
import { tmpdir } from 'node:os'
import { extname, join, normalize } from 'node:path'
import { build } from 'vite'

const web = join(import.meta.dirname, '../web')
const worker = join(import.meta.dirname, '../../home/web/public/offline-worker.js')
/** As strict as that of the demos. */
const policy = "default-src 'self'; connect-src 'self' ws:; img-src 'self' blob:; object-src 'none'; base-uri 'none'"
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
}

export interface BuiltPage {
  readonly handler: RequestListener
  remove(): void
}

/** The page as it is now, built, under `/arena/`. */
export async function buildPage(): Promise<BuiltPage> {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-arena-'))
  await build({
    root: web,
    configFile: join(web, 'vite.config.ts'),
    logLevel: 'error',
    build: { outDir: folder, minify: false },
  })
  const fileOf = (path: string): string | undefined => {
    if (path === '/offline-worker.js') return worker
    if (!path.startsWith('/arena/')) return undefined
    return join(folder, normalize(path.slice('/arena'.length)).replace(/\/$/, '/index.html'))
  }
  const handler: RequestListener = (request, response) => {
    const file = fileOf((request.url ?? '').split('?', 1)[0] ?? '')
    const head = { 'content-security-policy': policy, 'content-type': types[extname(file ?? '')] ?? 'text/plain' }
    void (file === undefined ? Promise.reject(new Error('not found')) : readFile(file)).then(
      (bytes) => response.writeHead(200, head).end(bytes),
      () => response.writeHead(404).end(),
    )
  }
  return { handler, remove: () => rmSync(folder, { recursive: true }) }
}
