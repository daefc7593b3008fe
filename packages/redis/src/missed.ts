import type { Fanouts } from '@millrace/server'

/** Tells listeners that they missed something; each adds when it has caught up. */
export class Missed {
  readonly waits: Promise<void>[] = []

  add(caughtUp: Promise<void> | undefined): void {
    if (caughtUp !== undefined) this.waits.push(caughtUp)
  }
}

/** Resolves when every listener of the room has caught up. @throws What one of them could not do. */
export async function missedBy<Message>(listeners: Fanouts<Message | Missed>, room: string): Promise<void> {
  const missed = new Missed()
  listeners.send(room, missed)
  await Promise.all(missed.waits)
}
