import {
  createClient,
  systemRandom,
  type Client,
  type ClientState,
  type NamespaceClient,
  type RoomClient,
} from '@millrace/client'
import { arena } from '../../contract.ts'
import type { Helm } from '../../game/pond.ts'
import { DelayLine } from './delay-line.ts'
import { PondView } from './pond-view.ts'
import { RoundTrips } from './round-trips.ts'
import { Sailing } from './sailing.ts'
import type { PondName } from './values.ts'

/** How often the line is measured, and what is missing asked for again, ms. */
const lookMs = 500
/** In looks. */
const pingEvery = 2
const watchEvery = 6
const pingTimeoutMs = 5_000

const keyPlace = 'millrace arena guest'

interface Wish {
  readonly name: string
  readonly hue: number
}

/** This visitor in one pond: what is heard of it, what is sent, and how long both take. */
export class ArenaClient {
  readonly pond = new PondView()
  readonly trips = new RoundTrips()
  readonly #client: Client
  readonly #space: NamespaceClient<typeof arena>
  readonly #room: RoomClient<(typeof arena)['rooms']['arena']>
  readonly #up = new DelayLine(now, after)
  readonly #down = new DelayLine(now, after)
  readonly #timer: number
  /** Then a boat that is lost stays so. */
  isPaused = false
  #looks = 0
  #isClosed = false
  #wish: Wish | undefined
  #id: string | undefined
  #sailing: Sailing | undefined

  constructor(name: PondName, onError: (error: Error) => void) {
    this.#client = createClient({
      auth: { guest: guestKey() },
      reconnect: { minDelayMs: 200, maxDelayMs: 3_000 },
      onError,
    })
    this.#space = this.#client.use(arena)
    this.#room = this.#space.room('arena', { arena: name })
    this.#listen()
    // A page that goes before it was in has nothing to tell.
    this.#room.join().catch((error: Error) => void (this.#isClosed || onError(error)))
    this.#client.onState(({ state }) => {
      if (state === 'connected') this.#measure()
    })
    this.#timer = window.setInterval(() => this.#look(), lookMs)
  }

  get state(): ClientState {
    return this.#client.state
  }

  onState(listener: () => void): () => void {
    return this.#client.onState(listener)
  }

  connect(): Promise<void> {
    return this.#client.connect()
  }

  /** Of the own boat; undefined until the server said it. */
  get id(): string | undefined {
    return this.#id
  }

  /** The own boat, while it is on the water. */
  get sailing(): Sailing | undefined {
    return this.#sailing
  }

  /** Added to the way there and back, half to each, ms. */
  get lagMs(): number {
    return this.#up.delayMs + this.#down.delayMs
  }

  set lagMs(ms: number) {
    this.#up.delayMs = this.#down.delayMs = ms / 2
    this.trips.restart()
  }

  /** Asks for a boat until there is one, also where it gets lost later. */
  launch(wish: Wish): void {
    this.#wish = wish
    this.#up.pass(() => this.#room.publish('launch', wish))
  }

  /** Gives the boat back. */
  quit(): void {
    this.#wish = undefined
    this.#up.pass(() => this.#room.publish('quit', {}))
  }

  /** One tick of the own clock. */
  tick(helm: Helm): void {
    if (!this.#sailing || !this.#wish) return
    const input = this.#sailing.tick(helm, now())
    this.#up.pass(() => this.#room.publish('input', input))
  }

  async close(): Promise<void> {
    this.#isClosed = true
    clearInterval(this.#timer)
    if (this.#wish) this.#room.publish('quit', {})
    await this.#client.close()
  }

  #listen(): void {
    const { pond } = this
    const room = this.#room
    room.on('player', (value) =>
      this.#down.pass(() => {
        pond.player(value, now())
        if (value.id !== this.#id) return
        if (this.#sailing) this.#sailing.hear(value, now())
        else this.#sailing = new Sailing(value)
      }),
    )
    room.on('captain', (value) => this.#down.pass(() => void pond.captains.set(value.id, value)))
    room.on('grain', (value) => this.#down.pass(() => void pond.grain.set(String(value.id), value)))
    room.on('round', (value) => this.#down.pass(() => void (pond.round = value)))
    room.on('pace', (value) => this.#down.pass(() => void (pond.pace = value)))
    room.on('removed', ({ name, key }) =>
      this.#down.pass(() => {
        pond.remove(name, key)
        if (name === 'player' && key === this.#id) this.#sailing = undefined
      }),
    )
  }

  #look(): void {
    if (document.visibilityState !== 'visible') return
    if (this.#looks % pingEvery === 0) this.#measure()
    if (this.#looks % watchEvery === 0) this.#room.publish('watch', {})
    const wish = this.#wish
    if (wish && this.#id !== undefined && !this.#sailing && !this.isPaused) this.launch(wish)
    this.#looks += 1
  }

  #measure(): void {
    if (this.#client.state.state !== 'connected') return
    const sentAt = now()
    this.#up.pass(() => {
      void this.#space.tryRequest('ping', {}, { timeoutMs: pingTimeoutMs }).then((answer) =>
        this.#down.pass(() => {
          if (!answer.ok) return
          this.#id = answer.data.id
          this.trips.note(now() - sentAt)
        }),
      )
    })
  }
}

function now(): number {
  return performance.now()
}

function after(delayMs: number, run: () => void): void {
  setTimeout(run, delayMs)
}

/** Each tab has a boat of its own, also after it is loaded again. */
function guestKey(): string {
  const known = sessionStorage.getItem(keyPlace)
  if (known) return known
  const key = systemRandom.id() + systemRandom.id()
  sessionStorage.setItem(keyPlace, key)
  return key
}
