import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import sirv from 'sirv'

const headers = {
  'content-security-policy':
    // ws: since Safari before 15.4 does not count WebSockets of the page's own origin as 'self'.
    // blob: the pictures of the chat, which come over its connection.
    "default-src 'self'; connect-src 'self' ws:; img-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
}

/** Vite names files in `assets` after what they hold. */
function setCaching(response: ServerResponse, path: string): void {
  const isFixed = path.startsWith('/assets/')
  response.setHeader('cache-control', isFixed ? 'public, max-age=31536000, immutable' : 'no-cache')
}

export interface PageOptions {
  /** Folder of built pages by the path that they are served under: `/`, or `/name/`. Longer paths first. */
  readonly folders: Readonly<Record<string, string>>
  /** Read the folders at each request, since they change while the server runs. */
  readonly isWatching: boolean
}

/** Serves files of the given folders, and nothing else. */
export function servePages({ folders, isWatching }: PageOptions): RequestListener {
  const mounts = Object.entries(folders).map(([path, folder]) => ({
    path,
    serve: sirv(folder, { dev: isWatching, etag: true, setHeaders: setCaching }),
  }))
  return (request, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return void response.writeHead(405, { allow: 'GET, HEAD' }).end()
    }
    const url = request.url ?? '/'
    const [path = '/'] = url.split('?', 1)
    if (Object.hasOwn(folders, `${path}/`)) return void response.writeHead(308, { location: `${path}/` }).end()
    const mount = mounts.find((candidate) => url.startsWith(candidate.path))
    if (!mount) return notFound(response)
    mount.serve(shorten(request, mount.path), response, () => notFound(response))
  }
}

/** The request as the folder's own server sees it. */
function shorten(request: IncomingMessage, path: string): IncomingMessage {
  request.url = (request.url ?? '/').slice(path.length - 1)
  return request
}

function notFound(response: ServerResponse): void {
  response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('not found\n')
}
