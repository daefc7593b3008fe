/** Tells the tabs of this browser that the copy of a document is another one. */
export class CopyNews {
  readonly #channel = new BroadcastChannel('collab copies')

  /** @param onReplaced By another tab. */
  constructor(name: string, onReplaced: () => void) {
    this.#channel.addEventListener('message', ({ data }) => {
      if (data === name) onReplaced()
    })
  }

  replaced(name: string): void {
    this.#channel.postMessage(name)
  }

  close(): void {
    this.#channel.close()
  }
}
