import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface ListenOptions {
  /** Default: every interface. */
  readonly host?: string
  /** Serves what is neither Socket.IO nor a health check. Default: 404. */
  readonly handler?: RequestListener
}

/** Answers `/healthz` (the process lives) and `/readyz` (it delivers). True where it did. */
function answerHealth(isReady: () => boolean, ...[request, response]: Parameters<RequestListener>): boolean {
  const path = request.url?.split('?')[0]
  if (path !== '/healthz' && path !== '/readyz') return false
  const isOk = path === '/healthz' || isReady()
  response
    .writeHead(isOk ? 200 : 503, { 'content-type': 'text/plain', 'cache-control': 'no-store' })
    .end(isOk ? 'ok\n' : 'not ready\n')
  return true
}

export function httpServer(isReady: () => boolean, handler?: RequestListener): Server {
  return createServer((request, response) => {
    if (answerHealth(isReady, request, response)) return
    if (handler) handler(request, response)
    else response.writeHead(404, { 'content-type': 'text/plain' }).end('not found\n')
  })
}

/** Every response closes its connection from now on, so that a proxy opens its next one elsewhere. */
export function keepNoneAlive(server: Server): void {
  server.prependListener('request', (_request, response) => response.setHeader('connection', 'close'))
  server.closeIdleConnections()
}

/** Takes no more connections, and resolves when those that are there have ended. */
export function endListening(server: Server): Promise<void> {
  return new Promise((resolve) => void server.close(() => resolve()))
}

/**
 * @returns The port, chosen by the system where `port` is 0.
 * @throws Error of one sentence where the port is taken or may not be used.
 */
export function listenOn(server: Server, port: number, host: string | undefined): Promise<number> {
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException): void => reject(listenError(error, port))
    server.once('error', onError)
    server.listen(port, host, () => {
      server.off('error', onError)
      resolve((server.address() as AddressInfo).port)
    })
  })
}

function listenError(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code === 'EADDRINUSE')
    return new Error(`port ${port} is taken; stop what listens there or choose another port`, { cause: error })
  if (error.code === 'EACCES')
    return new Error(`port ${port} needs more rights; choose one above 1023`, { cause: error })
  return new Error(`cannot listen on port ${port}: ${error.message}`, { cause: error })
}
