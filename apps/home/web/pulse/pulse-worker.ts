import '@millrace/app-design/no-code-from-text'
import { PulseClient } from './pulse-client.ts'
import type { PulseCommand } from './pulse-report.ts'

/** What this file uses of a worker's global scope; the types of workers and of pages exclude each other. */
interface Scope {
  postMessage(message: unknown): void
  addEventListener(type: 'message', listener: (event: MessageEvent<PulseCommand>) => void): void
}
const scope = globalThis as unknown as Scope

/** ms. The page draws what it gets. */
const reportEveryMs = 100

const client = new PulseClient(location.origin, (error) => console.warn(error.message))
const tell = () => scope.postMessage(client.report())
scope.addEventListener('message', ({ data }) => {
  void client.break(data.do)
  tell()
})
setInterval(tell, reportEveryMs)
