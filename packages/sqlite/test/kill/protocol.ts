/** What the run asks of the process of the clients, over its IPC channel; each is answered with a number. */
export type Order =
  /** Every publisher is in its rooms, and so many publishes were acknowledged in each of them since the order; how many are in flight. */
  | { readonly what: 'load'; readonly acks: number }
  /** Every client is cut off; how many publishes were in flight when the first one was. */
  | { readonly what: 'cut' }
  /** The member that stays away stands, in each room, at or below an offset that was given anew. */
  | { readonly what: 'overtaken' }
  /** The store lost data; the line stands before all that follows from it. */
  | { readonly what: 'loss'; readonly cause: 'erased' | 'restored' }
  /** No new publishes; everything has its outcome, and every member is at the top. 1, or 0 where the patience ended first. */
  | { readonly what: 'finish'; readonly patienceMs: number }

export interface Answer {
  readonly done: Order['what']
  readonly value: number
}
