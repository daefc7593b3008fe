import { createRequire } from 'node:module'
import { io } from 'socket.io-client'

/** Its package offers types only to CommonJS. */
const { io: io40 } = createRequire(import.meta.url)('socket.io-client-4.0') as { io: typeof io }

export const stockVersions = { '4.8': io, '4.0': io40 }
