import { STATUS_CODES, ServerResponse, type IncomingMessage, type Server as HttpServer } from 'node:http'
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
import { sendPaths } from './send-path.ts'

export interface TransportOptions {
  readonly origins: Origins
  readonly trustProxy: boolean
  /** Path of the Socket.IO endpoint. */
  readonly path: string
  readonly pingIntervalMs: number
  readonly pingTimeoutMs: number
  /** False: every packet goes through engine.io and `ws`. */
  readonly finishedFrames: boolean
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
  const paths = sendPaths({ writesText: encodesAsText(io.encoder), finishedFrames: options.finishedFrames })
  const nsp = io.of(namespace.name)
  nsp.use((socket, next) => {
    authenticateSocket(node, socket, options.trustProxy).then(
      () => next(),
      (error: unknown) => {
        // Stock clients try again after a connection that ended, but not after a refusal.
        if (node.connections.isRefusing && socket.handshake.auth.millrace !== 1) socket.conn.close()
        else next(connectError(node, error))
      },
    )
  })
  nsp.on('connection', (socket) => {
    const connection = acceptSocket(node, namespace, socket, paths)
    if (connection) forgetHandshake(io, socket, connection.handshake.auth, (name) => node.namespaces.has(name))
  })
}

/** Socket.IO sends `data` of the error with `connect_error`. It must be JSON: what its encoder throws, nobody catches. */
function connectError(node: Node, error: unknown): Error & { data: unknown } {
  const isShown = error instanceof MillraceError && isErrorCode(error.code) && guardWire(error.data) === undefined
  if (!isShown) node.report(error)
  const shown = isShown ? error : fail('INTERNAL', 'the server failed to authenticate; it was reported there')
  return Object.assign(new Error(shown.message), { data: shown.toWire() })
}

/** @param isRefusing Whether new connections are turned away, because the node goes away. */
export function attachSocketIo(
  io: Server,
  http: HttpServer,
  options: TransportOptions,
  isRefusing: () => boolean,
): void {
  closeUnusedRoot(io)
  io.attach(http)
  io.engine.use((request: IncomingMessage, response: unknown, next: () => void) => {
    if (!isOriginAllowed(options.origins, options.trustProxy, request)) refuse(request, response, wrongOrigin)
    else if (isRefusing() && isHandshake(request)) refuse(request, response, goingAway)
    else next()
  })
}

/** Socket.IO always serves `/`. Where nobody listens there, a client could stay in it without being authenticated. */
function closeUnusedRoot(io: Server): void {
  const root = io.of('/')
  const isUsed = (): boolean => root.listenerCount('connection') + root.listenerCount('connect') > 0
  root.use((_socket, next) => next(isUsed() ? undefined : new Error('Invalid namespace')))
}

/** What belongs to a connection that is there carries its id. */
function isHandshake({ url = '' }: IncomingMessage): boolean {
  return !new URLSearchParams(url.slice(url.indexOf('?') + 1)).has('sid')
}

const wrongOrigin = { status: 403, text: 'this origin may not connect; add it to `origins`\n', headers: {} }
const goingAway = { status: 503, text: 'this node is going away; connect again\n', headers: { 'retry-after': '1' } }

/** Engine.IO would answer 400. In an upgrade, its response only looks like one. */
function refuse(request: IncomingMessage, response: unknown, { status, text, headers }: typeof wrongOrigin): void {
  const all = { ...headers, connection: 'close' }
  if (response instanceof ServerResponse) {
    response.writeHead(status, { ...all, 'content-type': 'text/plain' }).end(text)
    return
  }
  const lines = Object.entries({ ...all, 'content-length': '0' }).map(([name, value]) => `${name}: ${value}`)
  request.socket.end([`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines, '', ''].join('\r\n'))
}
