import { createClient, systemRandom, type Client, type NamespaceClient } from '@millrace/client'
import { pulse } from '../../pulse/contract.ts'
import { Absences } from './absences.ts'
import { block } from './block.ts'
import { Delays } from './delays.ts'
import type { Break, Outcome, PulseReport } from './pulse-report.ts'
import { emptyTally, withGap, withTick, type Tally } from './tally.ts'

/** How long a browser stays cut off, ms. */
const cutMs = 5_000
/** A slow client reads for a moment, then not for so long, until it was slow for long enough. All ms. */
const blockedMs = 2_400
const readingMs = 100
const slowMs = 10_000
/** Events that pause for longer have stopped: they come every 50 ms. */
const frozenMs = 3_000
/** Within it a Redis that was to be frozen has been, and events come again. */
const thawedWithinMs = 30_000

const pause = (durationMs: number) => new Promise<void>((resolve) => setTimeout(resolve, durationMs))

/** One listener of the pulse, which counts what it hears and breaks what it is told to. */
export class PulseClient {
  readonly #client: Client
  readonly #namespace: NamespaceClient<typeof pulse>
  readonly #absences = new Absences()
  readonly #delays = new Delays()
  #tally: Tally = emptyTally
  #process: number | undefined
  #node: string | undefined
  #nodes: number | undefined
  #canFreeze = false
  #people: number | undefined
  #breaking: Break | undefined
  #outcome: Outcome | undefined
  /** No attempt to connect before this time of `performance.now()`. */
  #heldUntil = 0

  constructor(url: string, onError: (error: Error) => void) {
    const guest = systemRandom.id() + systemRandom.id()
    this.#client = createClient({
      url,
      // Asked before each attempt to connect: as long as it does not answer, the cable is out.
      auth: async () => {
        await pause(this.#heldUntil - performance.now())
        return { guest }
      },
      reconnect: { minDelayMs: 200, maxDelayMs: 1_000 },
      onError,
    })
    this.#namespace = this.#client.use(pulse)
    this.#client.onState(({ state }) => {
      if (state === 'connected') void this.#askProcess()
      else if (state === 'waiting' || state === 'gave-up') this.#lost()
    })
    const room = this.#namespace.room('pulse')
    room.on('tick', ({ n }, { at, replayed }) => {
      this.#tally = withTick(this.#tally, n, replayed)
      if (!replayed) this.#delays.note(at, Date.now())
      this.#absences.received(replayed, performance.now())
    })
    room.on('gap', ({ reason }) => (this.#tally = withGap(this.#tally, reason)))
    room.on('joined', () => this.#absences.joined(performance.now()))
    room.on('chat', ({ people }) => (this.#people = people))
    room.on('nodes', ({ count }) => (this.#nodes = count))
    room.join().catch(onError)
  }

  report(): PulseReport {
    const { state } = this.#client
    return {
      tally: this.#tally,
      reconnects: this.#absences.count,
      connection: state.state === 'connected' ? state.connection : undefined,
      process: this.#process,
      node: this.#node,
      nodes: this.#nodes,
      canFreeze: this.#canFreeze,
      people: this.#people,
      absence: this.#absences.last,
      breaking: this.#breaking,
      outcome: this.#outcome,
    }
  }

  /** Breaks, and waits until everything is as before. What became of it is in the reports. */
  async break(kind: Break): Promise<void> {
    if (this.#breaking) return
    this.#breaking = kind
    const { lost, repeated, told } = this.#tally
    const [process, server] = [this.#process, this.#server]
    const [absence, number] = [this.#absences.last, (this.#outcome?.number ?? 0) + 1]
    this.#delays.restart()
    const fault = await this.#do(kind).then(
      () => '',
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    )
    const now = this.report()
    this.#outcome = {
      number,
      kind,
      fault,
      absence: now.absence === absence ? undefined : now.absence,
      worstDelayMs: this.#delays.worstMs,
      silenceMs: this.#delays.silenceMs,
      server: process !== now.process && server && this.#server ? { before: server, after: this.#server } : undefined,
      lost: now.tally.lost - lost,
      repeated: now.tally.repeated - repeated,
      told: now.tally.told - told,
    }
    this.#breaking = undefined
  }

  async #do(kind: Break): Promise<void> {
    if (kind === 'slow') return this.#slow()
    const { last } = this.#absences
    const before = this.#process
    await this.#namespace.request(kind, {})
    if (kind === 'freeze') return this.#untilThawed()
    while (this.#absences.last === last || (kind === 'kill' && this.#process === before)) await pause(readingMs)
  }

  async #slow(): Promise<void> {
    for (const until = performance.now() + slowMs; performance.now() < until;) {
      await pause(readingMs)
      block(blockedMs)
    }
  }

  /** Events have stopped for long, and come again. */
  async #untilThawed(): Promise<void> {
    for (const until = performance.now() + thawedWithinMs; performance.now() < until;) {
      if (this.#delays.silenceMs > frozenMs) return
      await pause(readingMs)
    }
    throw new Error('the events did not stop')
  }

  /** What people call the server that this client was connected to last. */
  get #server(): string | undefined {
    return this.#node ?? (this.#process === undefined ? undefined : `process ${this.#process}`)
  }

  #lost(): void {
    const now = performance.now()
    if (this.#breaking === 'cut') this.#heldUntil = now + cutMs
    this.#absences.lost(now)
  }

  async #askProcess(): Promise<void> {
    const answer = await this.#namespace.tryRequest('about', {})
    if (!answer.ok) return
    const { process, node, canFreeze } = answer.data
    this.#process = process ?? undefined
    this.#node = node ?? undefined
    this.#canFreeze = canFreeze
  }
}
