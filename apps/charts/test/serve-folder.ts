import { readFileSync } from 'node:fs'
import type { RequestListener } from 'node:http'
import { extname, join, normalize } from 'node:path'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
}
/** As strict as that of the demos. */
const policy =
  "default-src 'self'; connect-src 'self' ws:; img-src 'self' blob:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"
const workerFile = join(import.meta.dirname, '../../home/web/public/offline-worker.js')

/** A page at `/charts/` as the demos' server serves it, for visitors without a session. */
export function serveFolder(folder: string): RequestListener {
  return (request, response) => {
    const [path = '/'] = (request.url ?? '/').split('?', 1)
    response.setHeader('content-security-policy', policy)
    if (path === '/session') return void response.writeHead(204).end()
    const name = path === '/charts/' ? 'index.html' : normalize(path.replace(/^\/charts\//, ''))
    const file = path === '/offline-worker.js' ? workerFile : join(folder, name)
    try {
      const text = readFileSync(file)
      response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' }).end(text)
    } catch {
      response.writeHead(404).end()
    }
  }
}
