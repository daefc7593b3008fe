import { fail, type MillraceError, type SeriesEntry, type WirePoints } from '@millrace/contract'
import type { Host } from '../host.ts'
import { Listeners, type Listener, type Off } from '../listeners.ts'
import type { RoomSession } from '../room-session.ts'
import type { AskedView } from './asked-view.ts'
import { readPoints, type ReadView } from './read-view.ts'
import type { Candle, SeriesPoints } from './series-client.ts'
import { limitsOf, Tracks } from './tracks.ts'
import { ViewAsker } from './view-asker.ts'
import { changePlan, paceOf, type UntypedQuery, type ViewPlan } from './view-plan.ts'
import type { Visibility } from './visibility.ts'

/** Where a view stands. */
export interface ViewContext {
  readonly host: Host
  readonly session: RoomSession
  readonly visibility: Visibility
  readonly name: string
  readonly entry: SeriesEntry
  /** Whether the client is in the room, or in for the first time soon. */
  readonly isIn: boolean
  /** The view is over. */
  gone(view: LiveView): void
}

/** A view as the application holds it; `SeriesView` is its type. */
export class LiveView implements AskedView {
  /** Not for the application. */
  readonly asker: ViewAsker
  readonly #context: ViewContext
  readonly #listeners: Listeners
  #plan: ViewPlan
  #tracks: Tracks | undefined
  /** The epoch that the server told, where it is another one than that of the points. */
  #told: string | undefined
  /** Nothing of what is known may be left out of the next answer. */
  #isStale = false
  #end: MillraceError | undefined

  constructor(context: ViewContext, plan: ViewPlan) {
    const { host, session, isIn } = context
    this.#context = context
    this.#plan = plan
    this.#listeners = new Listeners(host.report)
    this.asker = new ViewAsker(host, session, this, isIn)
  }

  get columnMs(): number {
    return this.#tracks?.columnMs ?? 0
  }

  get window(): { readonly from: number; readonly to: number } {
    return this.#tracks?.window ?? { from: -Infinity, to: Infinity }
  }

  points(key: string, field: string): SeriesPoints | undefined {
    return this.#tracks?.points(key, field)
  }

  candles(key: string, field: string): readonly Candle[] | undefined {
    return this.#tracks?.candles(key, field)
  }

  on(name: string, listener: Listener): Off {
    return this.#listeners.add(name, listener)
  }

  async set(change: Partial<UntypedQuery>): Promise<void> {
    if (this.#end) throw this.#end
    const { name, entry } = this.#context
    this.#plan = changePlan(name, entry, this.#plan, change)
    await this.asker.want()
  }

  close(): void {
    this.#finish(fail('DISCONNECTED', `the view of ${this.#context.name} is closed; open another one`))
  }

  get plan(): ViewPlan {
    return this.#plan
  }

  get pace(): number {
    return paceOf(this.#plan, this.#context.visibility.isHidden)
  }

  get since(): AskedView['since'] {
    const tracks = this.#tracks
    const at = tracks?.completeTo
    const isKnown = tracks && at !== undefined && !this.#isStale && tracks.plan.shape === this.#plan.shape
    return isKnown ? { epoch: tracks.epoch, at } : undefined
  }

  answered(plan: ViewPlan, answer: ReadView): boolean {
    const known = this.#tracks
    if (answer.kind === 'replace') this.#tracks = new Tracks(plan, answer)
    else if (known?.continues(plan, answer)) known.plan = plan
    else {
      this.#isStale = true
      return false
    }
    const told = this.#told
    this.#told = undefined
    this.#isStale = told !== undefined && told !== answer.epoch
    const keys = this.#tracks!.answer(answer)
    if (known) this.#listeners.call('change', { since: answer.from, keys })
    if (this.#isStale) this.asker.askAgain()
    return true
  }

  refused(plan: ViewPlan): boolean {
    const shown = this.#tracks?.plan
    if (shown && this.#plan === plan) this.#plan = shown
    return shown !== undefined
  }

  ended(error: MillraceError): void {
    if (this.#end) return
    this.#finish(error)
    this.#listeners.call('end', error)
  }

  /** `~points` of this view came. */
  received(points: WirePoints): void {
    const tracks = this.#tracks
    if (!tracks) return
    if (points.epoch !== tracks.epoch) {
      this.#told = points.epoch
      return this.asker.askAgain()
    }
    const read = readPoints(points, limitsOf(tracks.plan))
    if (!read) {
      const { host, name } = this.#context
      host.protocolError(`points of series ${name} do not fit the view; the client asks for it anew`)
      this.#isStale = true
      return this.asker.askAgain()
    }
    this.asker.continued()
    this.#listeners.call('change', { since: read.since, keys: tracks.change(read) })
  }

  #finish(error: MillraceError): void {
    if (this.#end) return
    this.#end = error
    this.asker.end(error)
    this.#context.gone(this)
  }
}
