import { ServerResponse, type IncomingMessage, type Server as HttpServer } from 'node:http'
import { MillraceError, fail, guardWire, isErrorCode } from '@millrace/contract'
import { Server } from 'socket.io'
import { Encoder } from 'socket.io-parser'
import type { Node } from '../node.ts'
import type { Namespace } from '../namespace.ts'
import { encodesAsText } from './encode-for-transport.ts'
import { LenientDecoder } from './lenient-decoder.ts'
import { isOriginAllowed, type Origins } from './origins.ts'
import { acceptSocket, authenticateSocket } from './accept-socket.ts'
import { forgetHandshake } from './forget-handshake.ts'

export interface TransportOptions {
  readonly origins: Origins
  readonly trustProxy: boolean
  /** Path of the Socket.IO endpoint. */
  readonly path: string
  readonly pingIntervalMs: number
  readonly pingTimeoutMs: number
}

/** A Socket.IO server with our limits and origin check, not attached yet. */
export function createSocketIo(options: TransportOptions, limits: Node['limits']): Server {
  return new Server({
    path: options.path,
    pingInterval: options.pingIntervalMs,
    pingTimeout: options.pingTimeoutMs,
    maxHttpBufferSize: 4 * limits.maxPayloadBytes,
    connectTimeout: limits.connectTimeoutMs,
    serveClient: false,
    parser: { Encoder, Decoder: LenientDecoder },
    ...(options.origins === 'same-origin' ? {} : { cors: corsFor(options.origins) }),
  })
}

/** Same-origin requests need no headers, and so no middleware. */
function corsFor(origins: Exclude<Origins, 'same-origin'>): { origin: true | string[]; credentials: true } {
  return { origin: origins === 'any' ? true : [...origins], credentials: true }
}

/** Serves a mounted contract on `io`. */
export function serveNamespace(io: Server, node: Node, namespace: Namespace, options: TransportOptions): void {
  const writesText = encodesAsText(io.encoder)
  const nsp = io.of(namespace.name)
  nsp.use((socket, next) => {
    authenticateSocket(node, socket, options.trustProxy).then(
      () => next(),
      (error: unknown) => next(connectError(node, error)),
    )
  })
  nsp.on('connection', (socket) => {
    acceptSocket(node, namespace, socket, writesText)
    forgetHandshake(io, socket, (name) => node.namespaces.has(name))
  })
}

/** Socket.IO sends `data` of the error with `connect_error`. It must be JSON: what its encoder throws, nobody catches. */
function connectError(node: Node, error: unknown): Error & { data: unknown } {
  const isShown = error instanceof MillraceError && isErrorCode(error.code) && guardWire(error.data) === undefined
  if (!isShown) node.report(error)
  const shown = isShown ? error : fail('INTERNAL', 'the server failed to authenticate; it was reported there')
  return Object.assign(new Error(shown.message), { data: shown.toWire() })
}

export function attachSocketIo(io: Server, http: HttpServer, options: TransportOptions): void {
  closeUnusedRoot(io)
  io.attach(http)
  io.engine.use((request: IncomingMessage, response: unknown, next: () => void) => {
    if (isOriginAllowed(options.origins, options.trustProxy, request)) next()
    else refuse(request, response)
  })
}

/** Socket.IO always serves `/`. Where nobody listens there, a client could stay in it without being authenticated. */
function closeUnusedRoot(io: Server): void {
  const root = io.of('/')
  const isUsed = (): boolean => root.listenerCount('connection') + root.listenerCount('connect') > 0
  root.use((_socket, next) => next(isUsed() ? undefined : new Error('Invalid namespace')))
}

/** Engine.IO would answer 400. In an upgrade, its response only looks like one. */
function refuse(request: IncomingMessage, response: unknown): void {
  const message = 'this origin may not connect; add it to `origins`\n'
  const headers = { 'content-type': 'text/plain', connection: 'close' }
  if (response instanceof ServerResponse) response.writeHead(403, headers).end(message)
  else request.socket.end(`HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`)
}
