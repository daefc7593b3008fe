import { createClient, type Client, type NamespaceClient } from '@millrace/client'
import { chat, type PublicUser } from '../contract.ts'
import { Conversation } from './conversation.ts'
import type { Identity } from './identity.ts'

/** Rooms that stay joined. Beyond it the one that was looked at longest ago is left. */
const maxOpen = 20

/** One person's time on the page: a connection, and the rooms that were looked at. */
export class ChatSession {
  readonly client: Client
  /** The id is empty until the server has said it. */
  me: PublicUser
  current: Conversation
  readonly #namespace: NamespaceClient<typeof chat>
  readonly #changed: () => void
  /** By name; the most recently looked at is last. */
  readonly #open = new Map<string, Conversation>()

  constructor(identity: Identity, firstRoom: string, changed: () => void) {
    const { secret, name } = identity
    this.client = createClient({
      auth: { secret, name },
      reconnect: { maxDelayMs: 5_000 },
      onError: (error) => console.error(error),
    })
    this.me = { id: '', name }
    this.#changed = changed
    this.#namespace = this.client.use(chat)
    this.current = this.show(firstRoom)
    this.client.onState(changed)
    void this.#askWho()
  }

  get conversations(): readonly Conversation[] {
    return [...this.#open.values()]
  }

  /** Messages of ours that wait for the server, in every room. */
  get unsent(): number {
    return this.conversations.reduce((sum, { unsent }) => sum + unsent, 0)
  }

  /** Messages that only this page knows: waiting, or failed. */
  get hasDrafts(): boolean {
    return this.conversations.some(({ drafts }) => drafts.some(({ state }) => state !== 'stored'))
  }

  show(id: string): Conversation {
    const shown = this.#open.get(id) ?? this.#start(id)
    this.#open.delete(id)
    this.#open.set(id, shown)
    this.current = shown
    this.#leaveOldest()
    this.look()
    return shown
  }

  /** Tells every room whether somebody looks at it. */
  look(): void {
    const isSeen = document.visibilityState === 'visible'
    if (isSeen) this.current.unread = 0
    for (const conversation of this.#open.values()) {
      conversation.setStatus(isSeen && conversation === this.current ? 'active' : 'away')
    }
    this.#changed()
  }

  #start(id: string): Conversation {
    const conversation: Conversation = new Conversation(
      id,
      this.#namespace.room('conversation', { conversationId: id }),
      {
        changed: this.#changed,
        posted: ({ author }) => {
          const isSeen = conversation === this.current && document.visibilityState === 'visible'
          if (!isSeen && author.id !== this.me.id) conversation.unread += 1
        },
      },
    )
    void conversation.open()
    return conversation
  }

  #leaveOldest(): void {
    const oldest = this.conversations.find(({ drafts }) => drafts.length === 0)
    if (this.#open.size <= maxOpen || !oldest || oldest === this.current) return
    this.#open.delete(oldest.id)
    void oldest.close()
  }

  async #askWho(): Promise<void> {
    const answer = await this.#namespace.tryRequest('whoami', {}, { timeoutMs: 10 * 60_000 })
    if (answer.ok) this.me = answer.data
    else console.error(answer.error)
    this.#changed()
  }
}
