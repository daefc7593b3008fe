import type { WireAnswer } from '@millrace/contract'
import { WebSocket } from 'ws'
import { Inbox } from './server-inbox.ts'

export interface RawClient extends AsyncDisposable {
  /** Engine.IO messages as they came, pings aside; `4` is still before each Socket.IO packet. */
  readonly inbox: Inbox<string | Buffer>
  readonly ws: WebSocket
  /** Resolves with the WebSocket close code. */
  readonly closed: Promise<number>
  /** Sends a Socket.IO packet, without the `4` before it. */
  packet(text: string): void
  /** Sends an event as JSON text with an acknowledgement and waits for the answer. */
  call(json: string): Promise<WireAnswer>
  /** Sends an event of these arguments. */
  request(name: unknown, ...args: unknown[]): Promise<WireAnswer>
}

export interface RawOptions {
  readonly auth?: string
  readonly headers?: Record<string, string>
  readonly answersPings?: boolean
  readonly query?: string
}

/** A WebSocket and nothing else: what a client may send that no library would. */
export async function connectRaw(port: number, namespace: string, options: RawOptions = {}): Promise<RawClient> {
  const client = await openRaw(port, namespace, options)
  client.packet(`0${namespace},${options.auth ?? '{}'}`)
  await client.inbox.find((message) => typeof message === 'string' && message.startsWith(`40${namespace},`))
  return client
}

/** As `connectRaw`, before it connects to a namespace. */
export async function openRaw(port: number, namespace: string, options: RawOptions = {}): Promise<RawClient> {
  const url = `ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket${options.query ?? ''}`
  const ws = new WebSocket(url, { headers: options.headers ?? {}, perMessageDeflate: false })
  const inbox = new Inbox<string | Buffer>()
  ws.on('message', (data: Buffer, isBinary) => {
    if (isBinary) return inbox.push(data)
    const text = data.toString()
    if (text !== '2') inbox.push(text)
    else if (options.answersPings !== false) ws.send('3')
  })
  const closed = new Promise<number>((resolve) => ws.on('close', (code) => resolve(code)))
  let lastId = 0
  const client: RawClient = {
    inbox,
    ws,
    closed,
    packet: (text) => ws.send(`4${text}`),
    async call(json) {
      const prefix = `43${namespace},${++lastId}[`
      const answered = inbox.find((message) => typeof message === 'string' && message.startsWith(prefix))
      ws.send(`42${namespace},${lastId}${json}`)
      const text = (await answered) as string
      return (JSON.parse(text.slice(prefix.length - 1)) as [WireAnswer])[0]
    },
    request: (...event) => client.call(JSON.stringify(event)),
    async [Symbol.asyncDispose]() {
      ws.terminate()
      await closed
    },
  }
  await new Promise((resolve, reject) => ws.once('open', resolve).once('error', reject))
  await inbox.find((message) => typeof message === 'string' && message.startsWith('0'))
  return client
}
