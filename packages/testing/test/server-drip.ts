import { once } from 'node:events'
import { createServer, Socket, type AddressInfo, type SocketConstructorOpts } from 'node:net'

/** A way to a server whose client reads as slowly as it is told to. */
export interface Drip extends AsyncDisposable {
  readonly port: number
  /** Bytes that came through one by one. */
  readonly dripped: number
  /** From now on one byte a second comes through to the client. */
  slow(): void
  /** Everything comes through again. */
  quick(): void
}

export async function startDrip(targetPort: number): Promise<Drip> {
  const links = new Set<{ readonly near: Socket; readonly far: Socket }>()
  const server = createServer((near) => {
    const far = new Socket({ readableHighWaterMark: 1 } as SocketConstructorOpts).connect(targetPort, '127.0.0.1')
    links.add({ near, far })
    for (const socket of [near, far]) {
      socket.on('error', () => socket.destroy())
      socket.on('close', () => void (near.destroy(), far.destroy()))
    }
    near.pipe(far)
    far.pipe(near)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  let timer: NodeJS.Timeout | undefined
  let dripped = 0
  return {
    port: (server.address() as AddressInfo).port,
    get dripped() {
      return dripped
    },
    slow() {
      for (const { near, far } of links) far.unpipe(near).pause()
      timer = setInterval(() => {
        for (const { near, far } of links) {
          const byte = far.read(1) as Buffer | null
          if (byte === null) continue
          dripped++
          near.write(byte)
        }
      }, 1_000)
    },
    quick() {
      clearInterval(timer)
      for (const { near, far } of links) far.pipe(near)
    },
    async [Symbol.asyncDispose]() {
      clearInterval(timer)
      for (const { near } of links) near.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
