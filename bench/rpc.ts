import type { ChildProcess } from 'node:child_process'

/** The calls that a process answers, by name. */
export type Calls = Record<string, { readonly input: unknown; readonly output: unknown }>

type Answers<C extends Calls> = {
  readonly [M in keyof C]: (input: C[M]['input']) => C[M]['output'] | Promise<C[M]['output']>
}

export interface Peer<C extends Calls> {
  /** Rejects where the answering function threw, or where the process ended before it answered. */
  call<M extends keyof C & string>(method: M, input: C[M]['input']): Promise<C[M]['output']>
}

interface Call {
  readonly id: number
  readonly method: string
  readonly input: unknown
}

type Answer = { readonly id: number; readonly output: unknown } | { readonly id: number; readonly error: string }

/** In a child process: answers its parent, and ends when the parent is gone. */
export function answerParent<C extends Calls>(answers: Answers<C>): void {
  process.on('message', (call: Call) => {
    void answer(answers, call).then((message) => process.send?.(message))
  })
  process.on('disconnect', () => process.exit(0))
}

async function answer<C extends Calls>(answers: Answers<C>, { id, method, input }: Call): Promise<Answer> {
  try {
    const run = answers[method]
    if (!run) throw new Error(`this process does not answer ${method}; build the bench again`)
    return { id, output: await run(input as never) }
  } catch (error) {
    return { id, error: error instanceof Error ? error.message : String(error) }
  }
}

/** In the parent: calls a child that was started with an IPC pipe. */
export function peerOf<C extends Calls>(child: ChildProcess, name: string): Peer<C> {
  const waiting = new Map<number, { resolve: (output: never) => void; reject: (error: Error) => void }>()
  let lastId = 0
  child.on('message', (message: Answer) => {
    const call = waiting.get(message.id)
    waiting.delete(message.id)
    if ('error' in message) call?.reject(new Error(`${name}: ${message.error}`))
    else call?.resolve(message.output as never)
  })
  child.on('exit', (code, signal) => {
    for (const call of waiting.values())
      call.reject(new Error(`${name} ended (${signal ?? code}); its last words are above`))
    waiting.clear()
  })
  return {
    call: (method, input) =>
      new Promise((resolve, reject) => {
        const id = ++lastId
        waiting.set(id, { resolve, reject })
        child.send({ id, method, input } satisfies Call)
      }),
  }
}
