let received = 0

/** Bytes that sockets of this page received since it was opened, without what frames them. */
export function receivedBytes(): number {
  return received
}

const encoder = new TextEncoder()

/** Counts what it receives; the Socket.IO client makes its sockets from it, as it is loaded after this file. */
class CountedSocket extends WebSocket {
  constructor(...given: ConstructorParameters<typeof WebSocket>) {
    super(...given)
    this.addEventListener('message', ({ data }: MessageEvent<string | ArrayBuffer | Blob>) => {
      received += sizeOf(data)
    })
  }
}

function sizeOf(data: string | ArrayBuffer | Blob): number {
  if (typeof data === 'string') return encoder.encode(data).byteLength
  return data instanceof Blob ? data.size : data.byteLength
}

globalThis.WebSocket = CountedSocket
