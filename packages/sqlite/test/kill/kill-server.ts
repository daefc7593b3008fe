import { startChild } from './child.ts'

/** One life of the server. */
export interface Life extends AsyncDisposable {
  readonly port: number
  /** SIGKILL; resolves when the process is gone. */
  readonly kill: () => Promise<void>
}

export async function startLife(file: string): Promise<Life> {
  const child = startChild('kill-server.ts', [file])
  const port = (await child.message()) as number
  return { port, kill: child.kill, [Symbol.asyncDispose]: child.kill }
}
