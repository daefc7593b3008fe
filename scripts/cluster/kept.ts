import { setTimeout as pause } from 'node:timers/promises'
import { Child, type Program } from './child.ts'

/** Long enough to look at what is missing meanwhile. */
const restartAfterMs = 3_000

/** A program that is started again whenever it ends. */
export class Kept {
  readonly program: Program
  readonly #report: (text: string) => void
  readonly #stopping = new AbortController()
  #child: Child | undefined

  constructor(program: Program, report: (text: string) => void) {
    this.program = program
    this.#report = report
  }

  /** @throws Error of one sentence where it ends before it is ready. */
  async start(): Promise<void> {
    const child = await Child.start(this.program)
    this.#child = child
    await child.ready
    void this.#keep(child)
  }

  /** As the cluster prints it. */
  get line(): string {
    const { name, port } = this.program
    const pid = this.#child?.pid ?? 0
    return `  ${name.padEnd(10)} process ${String(pid).padEnd(8)} port ${String(port).padEnd(6)} kill -9 ${pid}`
  }

  signal(name: NodeJS.Signals): void {
    this.#child?.signal(name)
  }

  /** Ends it for good: with its signal, and where that takes longer than `graceMs`, with SIGKILL. */
  async stop(graceMs: number): Promise<void> {
    this.#stopping.abort()
    const child = this.#child
    if (child === undefined) return
    child.signal('SIGCONT')
    child.signal(this.program.endSignal)
    const killing = setTimeout(() => child.signal('SIGKILL'), graceMs)
    await child.exited
    clearTimeout(killing)
  }

  async #keep(first: Child): Promise<void> {
    const { signal } = this.#stopping
    for (let child = first; ;) {
      const end = await child.exited
      if (signal.aborted) return
      this.#report(`${this.program.name}, process ${child.pid}, ended with ${end}; it is started again in 3 s`)
      await pause(restartAfterMs, undefined, { signal }).catch(() => {})
      if (signal.aborted) return
      this.#child = child = await Child.start(this.program)
      if (signal.aborted) return child.signal('SIGKILL')
      child.ready.then(
        () => this.#report(`started again:\n${this.line}`),
        () => {}, // its end is told
      )
    }
  }
}
