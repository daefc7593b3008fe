import type { Helm } from '../../game/pond.ts'
import { Painter } from '../draw/painter.ts'
import { ArenaClient } from './arena-client.ts'
import { gamepadHelm } from './gamepad-helm.ts'
import { HelmKeys } from './helm-keys.ts'
import { stickHelm, TouchStick } from './helm-stick.ts'
import { reportOf, type Report } from './report.ts'
import { OwnTicks } from './sailing.ts'
import { sceneOf, type ViewOptions } from './scene.ts'
import type { PondName } from './values.ts'

/** Between two reports: fast enough to read along, slow enough to read. */
const reportMs = 200
const atRest: Helm = { turn: 0, thrust: 0 }

export interface GameSettings {
  readonly options: ViewOptions
  /** Nothing is drawn, and nothing sent for the boat, which drifts. */
  readonly isPaused: boolean
  /** Added to the round trip. */
  readonly lagMs: number
}

/** One pond on one canvas: takes what the player does, draws, and tells what there is to read. */
export class Game {
  readonly client: ArenaClient
  readonly #canvas: HTMLCanvasElement
  readonly #painter: Painter
  readonly #keys = new HelmKeys(window)
  readonly #stick: TouchStick
  readonly #ticks = new OwnTicks()
  readonly #onReport: (report: Report) => void
  #frame = 0
  #lastMs = performance.now()
  #reportedMs = -Infinity
  #options: ViewOptions = { isPredicting: true, isInterpolating: true, showsServer: false }

  constructor(
    canvas: HTMLCanvasElement,
    pond: PondName,
    onReport: (report: Report) => void,
    onError: (error: Error) => void,
  ) {
    this.client = new ArenaClient(pond, onError)
    this.#canvas = canvas
    this.#painter = new Painter(canvas)
    this.#stick = new TouchStick(canvas)
    this.#onReport = onReport
    this.#frame = requestAnimationFrame(this.#draw)
  }

  set({ options, isPaused, lagMs }: GameSettings): void {
    this.#options = options
    this.client.isPaused = isPaused
    if (lagMs !== this.client.lagMs) this.client.lagMs = lagMs
  }

  async close(): Promise<void> {
    cancelAnimationFrame(this.#frame)
    this.#keys.close()
    this.#stick.close()
    await this.client.close()
  }

  readonly #draw = (): void => {
    const nowMs = performance.now()
    const sinceMs = nowMs - this.#lastMs
    this.#lastMs = nowMs
    this.#frame = requestAnimationFrame(this.#draw)
    const due = this.#ticks.due(sinceMs)
    if (!this.client.isPaused) {
      const helm = this.#helm()
      for (let tick = 0; tick < due; tick++) this.client.tick(helm)
      const scene = sceneOf(this.client, this.#options, nowMs, this.#ticks.part, sinceMs)
      this.#painter.paint(scene, this.#stick.stick, nowMs)
      const own = scene.boats.find(({ isOwn }) => isOwn)
      if (own) this.#tellPlace(own.hull)
    }
    if (nowMs - this.#reportedMs < reportMs) return
    this.#reportedMs = nowMs
    this.#onReport(reportOf(this.client, nowMs))
  }

  #helm(): Helm {
    const keys = this.#keys.helm
    if (keys) return keys
    const { stick } = this.#stick
    if (stick) return stickHelm(stick, this.client.sailing?.prediction.hull.angle ?? 0)
    return gamepadHelm(navigator.getGamepads()) ?? atRest
  }

  /** For those who test what is drawn: pixels say little. */
  #tellPlace({ x, y }: { readonly x: number; readonly y: number }): void {
    this.#canvas.dataset.x = x.toFixed(1)
    this.#canvas.dataset.y = y.toFixed(1)
  }
}
