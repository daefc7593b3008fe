import { fail, wireNames, type MillraceError, type SeriesEntry, type WirePoints } from '@millrace/contract'
import type { Host } from '../host.ts'
import type { Off } from '../listeners.ts'
import type { RoomSession } from '../room-session.ts'
import { LiveView } from './live-view.ts'
import { planView, type UntypedQuery } from './view-plan.ts'
import type { Visibility } from './visibility.ts'

/** The views of one room of one client: hands on what comes for them, and what happens to the room and the page. */
export class RoomViews {
  readonly #host: Host
  readonly #session: RoomSession
  readonly #visibility: Visibility
  readonly #views = new Set<LiveView>()
  #unwatch: Off | undefined
  #isLost = false

  constructor(host: Host, session: RoomSession, visibility: Visibility) {
    this.#host = host
    this.#session = session
    this.#visibility = visibility
    const { listeners, what } = session
    listeners.add(wireNames.points, (points: WirePoints) => this.#received(points))
    const left = () => this.#end(fail('DISCONNECTED', `${what} was left; join it and open another view`))
    listeners.add('!out', () => (session.isWanted ? this.#lost() : left()))
    listeners.add('joined', () => this.#entered())
    listeners.add('kicked', (error: MillraceError) => this.#end(error))
  }

  /** Resolves when the view is answered. */
  async open(name: string, entry: SeriesEntry, query: UntypedQuery): Promise<LiveView> {
    const plan = planView(name, entry, query)
    const context = {
      host: this.#host,
      session: this.#session,
      visibility: this.#visibility,
      name,
      entry,
      isIn: !this.#isLost,
      gone: (gone: LiveView) => this.#remove(gone),
    }
    const view = new LiveView(context, plan)
    this.#views.add(view)
    this.#watch()
    await view.asker.want()
    this.#isLost = false
    this.#watch()
    view.asker.paced()
    return view
  }

  #remove(view: LiveView): void {
    this.#views.delete(view)
    this.#watch()
  }

  /** Without a connection, and without views, nobody needs to know whether the page is seen. */
  #watch(): void {
    if (this.#views.size > 0 && !this.#isLost) {
      this.#unwatch ??= this.#visibility.subscribe(() => this.#each((view) => view.asker.paced()))
    } else {
      this.#unwatch?.()
      this.#unwatch = undefined
    }
  }

  /** Equal views have one name. */
  #received(points: WirePoints): void {
    this.#each((view) => {
      if (view.asker.name === points.view) view.received(points)
    })
  }

  #lost(): void {
    this.#isLost = true
    this.#watch()
    this.#each((view) => view.asker.lost())
  }

  #entered(): void {
    this.#isLost = false
    this.#watch()
    this.#each((view) => view.asker.entered())
  }

  #end(error: MillraceError): void {
    this.#each((view) => view.ended(error))
  }

  #each(run: (view: LiveView) => void): void {
    for (const view of this.#views) run(view)
  }
}
