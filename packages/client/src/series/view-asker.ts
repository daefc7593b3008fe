import { wireNames, type Cancel, type MillraceError } from '@millrace/contract'
import { backoffMs } from '../backoff.ts'
import { misfit } from '../faults.ts'
import type { Host } from '../host.ts'
import { isFinal, type Outcome } from '../outcome.ts'
import type { RoomSession } from '../room-session.ts'
import { sendOn } from '../submit.ts'
import type { AskedView } from './asked-view.ts'
import { readView } from './read-view.ts'
import { limitsOf } from './tracks.ts'
import type { ViewPlan } from './view-plan.ts'

interface Wish {
  resolve(): void
  reject(error: MillraceError): void
}

/** Asks for one view, one question at a time, until its last wish is answered; again after faults and reconnects. */
export class ViewAsker {
  readonly #host: Host
  readonly #session: RoomSession
  readonly #view: AskedView
  /** Of nobody's question yet. */
  #wishes: Wish[] = []
  /** Of the question that is under way. */
  #carried: Wish[] = []
  /** What the question that is under way asks for; unset until it is sent. */
  #sent: ViewPlan | undefined
  #pace: number | undefined
  /** Which question is the current one. */
  #question = 0
  #isAsking = false
  /** Whether something changed since the question was sent. */
  #isDue = false
  /** Counts the times that the client came back to the room, where views from before are over. */
  #stay = 0
  #isOver = false
  #isIn: boolean
  #name: number | undefined
  #failed = 0
  #timer: Cancel | undefined

  /** @param isIn Whether the client is in the room, or in for the first time soon. */
  constructor(host: Host, session: RoomSession, view: AskedView, isIn: boolean) {
    this.#host = host
    this.#session = session
    this.#view = view
    this.#isIn = isIn
  }

  /** Names the view on this connection, where the server serves it. */
  get name(): number | undefined {
    return this.#name
  }

  /** Resolves when the view is as it is wished now, or later. */
  want(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#wishes.push({ resolve, reject })
      this.ask()
    })
  }

  ask(): void {
    this.#timer?.()
    this.#isDue = this.#isAsking
    if (this.#isAsking) return
    this.#isAsking = true
    const question = ++this.#question
    this.#sent = undefined
    let replaced: number | undefined
    let stay = 0
    const encode = (room?: number) => {
      replaced = this.#name
      stay = this.#stay
      return this.#encode(room)
    }
    const isCurrent = () => this.#isAsking && question === this.#question
    const answered = (outcome: Outcome) => {
      const isThere = stay === this.#stay
      if (isCurrent()) this.#answered(outcome, isThere)
      else if (isThere) this.#late(outcome, replaced)
    }
    const call = { what: `view of ${this.#session.what}`, name: wireNames.view, encode, answered }
    // What the server answers is taken in at once: increments may follow in the same turn.
    void sendOn(this.#host, this.#session.lane, call).then((outcome) => {
      if (!outcome.ok && isCurrent()) this.#answered(outcome, false)
    })
  }

  /** Asks where the pace is another one than what was asked for last. */
  paced(): void {
    if (this.#isIn && this.#view.pace !== this.#pace) this.ask()
  }

  /** Asks after a fault of the other side: at once the first time, then later and later until an increment fits. */
  askAgain(): void {
    if (this.#isAsking || !this.#isIn) return
    this.#timer?.()
    const delayMs = this.#failed === 0 ? 0 : backoffMs(this.#failed, this.#host.random, this.#host.backoff)
    this.#failed += 1
    if (delayMs === 0) this.ask()
    else this.#timer = this.#host.clock.after(delayMs, () => this.ask())
  }

  /** An increment came that fits. */
  continued(): void {
    this.#failed = 0
  }

  /** The connection is over, and the server forgot the view. */
  lost(): void {
    this.#timer?.()
    this.#isIn = false
    this.#name = undefined
  }

  /**
   * The client is in the room again, in which it has no views yet. A question that was under way when the connection broke
   * was sent again by now.
   */
  entered(): void {
    const isSentAgain = this.#isAsking && !this.#isIn
    this.#isIn = true
    this.#name = undefined
    this.#failed = 0
    if (isSentAgain) return
    this.#stay += 1
    this.ask()
  }

  /** @param error For those whose wish is open. */
  end(error: MillraceError): void {
    this.#isOver = true
    this.#timer?.()
    if (!this.#isAsking) this.#unview(this.#name)
    for (const wish of this.#take(true)) wish.reject(error)
  }

  /** Runs when the question leaves, which may be on a later connection than when it was asked. */
  #encode(room: number | undefined): unknown {
    const { plan, pace, since } = this.#view
    this.#sent = plan
    this.#pace = pace
    this.#isDue = false
    this.#carried.push(...this.#wishes.splice(0))
    return { ...plan.wire, room, view: this.#name, fps: pace, since, packed: 1 }
  }

  /** @param isThere Whether a view that it brings is not over by now. */
  #answered(outcome: Outcome, isThere: boolean): void {
    this.#isAsking = false
    const plan = this.#sent ?? this.#view.plan
    const answer = outcome.ok ? readView(outcome.data, limitsOf(plan)) : undefined
    if (outcome.ok) {
      this.#isIn = true
      this.#name = isThere ? answer?.view : undefined
    } else if (outcome.error.code === 'TIMEOUT') {
      // Which view the server has now is known when it answers, if it does.
      this.#name = undefined
    }
    if (this.#isOver) return this.#unview(this.#name)
    if (answer && this.#view.answered(plan, answer)) {
      for (const wish of this.#carried.splice(0)) wish.resolve()
    } else {
      this.#failedWith(plan, outcome.ok ? this.#misfit() : outcome.error)
    }
    if (this.#isDue && !this.#isOver) this.ask()
  }

  #failedWith(plan: ViewPlan, error: MillraceError): void {
    const refused = this.#take(this.#sent === undefined)
    const isEnd = refused.length > 0 ? !this.#view.refused(plan) : isFinal(error)
    for (const wish of refused) wish.reject(error)
    if (isEnd) this.#view.ended(error)
    else if (refused.length === 0 || this.#name === undefined || !this.#view.since) this.askAgain()
  }

  #misfit(): MillraceError {
    const error = misfit('INTERNAL', `the answer of ${this.#session.what} to a view`)
    this.#host.protocolError(error.message)
    return error
  }

  /** Nobody waits for this answer any more: of the view that it brings and the one that it replaced, one is there. */
  #late(outcome: Outcome, replaced: number | undefined): void {
    this.#unview(outcome.ok ? (outcome.data as { readonly view: number }).view : replaced)
  }

  #unview(view: number | undefined): void {
    if (view !== undefined) this.#session.emit(wireNames.unview, { view })
  }

  #take(all: boolean): readonly Wish[] {
    return [...this.#carried.splice(0), ...(all ? this.#wishes.splice(0) : [])]
  }
}
