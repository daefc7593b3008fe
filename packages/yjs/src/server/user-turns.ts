/** Runs what users do one after another for each user, and that of several users at once. */
export class UserTurns {
  /** Of users for whom something runs. */
  readonly #last = new Map<string, Promise<unknown>>()

  /** Rejects as `task` does. */
  run<T>(user: string, task: () => Promise<T>): Promise<T> {
    const before = this.#last.get(user)
    const turn = before ? before.then(task, task) : task()
    this.#last.set(user, turn)
    const end = (): void => {
      if (this.#last.get(user) === turn) this.#last.delete(user)
    }
    turn.then(end, end)
    return turn
  }
}
