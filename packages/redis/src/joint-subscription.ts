import type { Subscription } from '@millrace/server'

/** A listener of this node and the channel that serves it, as one. Where the channel cannot be held, the listener goes too. */
export async function jointSubscription(local: Subscription, holding: Promise<Subscription>): Promise<Subscription> {
  try {
    const held = await holding
    return {
      close: async () => {
        await local.close()
        await held.close()
      },
    }
  } catch (error) {
    await local.close()
    throw error
  }
}
