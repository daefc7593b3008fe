import { connect, createServer, type Socket } from 'node:net'
import { once } from 'node:events'

/** Stands between clients and the server that lives just now, so that its address outlives it. */
export interface Proxy extends AsyncDisposable {
  readonly url: string
  /** Where new connections lead; null: nowhere. */
  lead(port: number | null): void
  /** Cuts every connection and lets no new one through. */
  hold(): void
  release(): void
  /** Until the next `lead`, what the server says reaches nobody. Resolves when it has given so many answers. */
  mute(leastAnswers: number): Promise<void>
}

/** An acknowledgement of Socket.IO in a namespace. */
const answer = /43\/\w+,\d+\[/g

interface Muted {
  answersLeft: number
  readonly enough: () => void
}

export async function startProxy(): Promise<Proxy> {
  const sockets = new Set<Socket>()
  let target: number | null = null
  let isHeld = false
  let muted: Muted | undefined

  const pass = (client: Socket, bytes: Buffer): void => {
    if (muted === undefined) return void client.write(bytes)
    muted.answersLeft -= bytes.toString('latin1').match(answer)?.length ?? 0
    if (muted.answersLeft <= 0) muted.enough()
  }
  const cut = (): void => {
    for (const socket of sockets) socket.destroy()
  }
  const server = createServer((client) => {
    sockets.add(client)
    client.on('error', () => {}).on('close', () => sockets.delete(client))
    if (isHeld || target === null) return void client.destroy()
    const upstream = connect(target, '127.0.0.1')
    // What the server wrote before it died still reaches the client; then the connection ends.
    upstream.on('error', () => {}).on('close', () => client.end())
    upstream.on('data', (bytes) => pass(client, bytes))
    client.on('close', () => upstream.destroy())
    client.pipe(upstream)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port; is it listening?')
  return {
    url: `http://127.0.0.1:${address.port}`,
    lead: (port) => {
      target = port
      muted = undefined
    },
    hold: () => {
      isHeld = true
      cut()
    },
    release: () => (isHeld = false),
    mute: (leastAnswers) => new Promise((enough) => (muted = { answersLeft: leastAnswers, enough })),
    [Symbol.asyncDispose]: async () => {
      cut()
      server.close()
      await once(server, 'close')
    },
  }
}
