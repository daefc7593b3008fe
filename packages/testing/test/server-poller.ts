/** A client over long-polling that polls when it is told to. */
export interface Poller extends AsyncDisposable {
  /** Engine.IO messages as they came; `4` is still before each Socket.IO packet. */
  readonly messages: string[]
  /** Sends a Socket.IO packet. */
  send(packet: string): Promise<void>
  /** Polls until a message matches. */
  until(matches: (message: string) => boolean): Promise<void>
}

/** Engine.IO's separator of messages in one payload. */
const separator = '\x1e'

export async function startPoller(port: number, namespace: string, auth: string): Promise<Poller> {
  const url = `http://127.0.0.1:${port}/socket.io/?EIO=4&transport=polling`
  const messages: string[] = []
  const opened = await (await fetch(url)).text()
  const { sid } = JSON.parse(opened.slice(1)) as { sid: string }
  const poll = async () => messages.push(...(await (await fetch(`${url}&sid=${sid}`)).text()).split(separator))
  const post = async (body: string) => void (await (await fetch(`${url}&sid=${sid}`, { method: 'POST', body })).text())
  const poller: Poller = {
    messages,
    send: (packet) => post(`4${packet}`),
    async until(matches) {
      while (!messages.some(matches)) await poll()
    },
    [Symbol.asyncDispose]: () => post('1'),
  }
  await poller.send(`0${namespace},${auth}`)
  await poller.until((message) => message.startsWith(`40${namespace},`))
  return poller
}
