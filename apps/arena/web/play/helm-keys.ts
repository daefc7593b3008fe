import type { Helm } from '../../game/pond.ts'

const ways: Readonly<Record<string, keyof typeof pulls>> = {
  ArrowUp: 'ahead',
  KeyW: 'ahead',
  ArrowDown: 'back',
  KeyS: 'back',
  ArrowLeft: 'left',
  KeyA: 'left',
  ArrowRight: 'right',
  KeyD: 'right',
}
const pulls = { ahead: 1, back: -1, left: -1, right: 1 } as const

/** Which keys of the helm are down. Keys that something on the page needs for itself are left to it. */
export class HelmKeys {
  readonly #down = new Set<string>()
  readonly #stop = new AbortController()

  constructor(target: Window) {
    const { signal } = this.#stop
    target.addEventListener(
      'keydown',
      (event) => {
        if (!(event.code in ways) || event.ctrlKey || event.metaKey || event.altKey || isTaken(event.target)) return
        this.#down.add(event.code)
        event.preventDefault() // the page would scroll
      },
      { signal },
    )
    target.addEventListener('keyup', ({ code }) => this.#down.delete(code), { signal })
    target.addEventListener('blur', () => this.#down.clear(), { signal })
  }

  /** Undefined where no key is down. */
  get helm(): Helm | undefined {
    if (this.#down.size === 0) return undefined
    const held = new Set([...this.#down].map((code) => ways[code]))
    const pull = (one: keyof typeof pulls, other: keyof typeof pulls): number =>
      (held.has(one) ? pulls[one] : 0) + (held.has(other) ? pulls[other] : 0)
    return { turn: pull('left', 'right'), thrust: pull('ahead', 'back') }
  }

  close(): void {
    this.#stop.abort()
  }
}

function isTaken(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, select, textarea, dialog, [contenteditable]') !== null
}
