import { roomKey, type Cancel } from '@millrace/contract'
import type { RoomKind } from '../namespace.ts'
import type { Node } from '../node.ts'
import { leaveHooks } from './hooks.ts'
import type { Member } from './member.ts'
import { leavePresence } from './presence-entry.ts'
import { Room } from './room.ts'

/** `moved`: its client goes on in the room on another node. */
export type LeaveReason = 'left' | 'closed' | 'kicked' | 'moved'

interface Slot {
  readonly room: Room
  readonly opened: Promise<void>
  /** Joins under way; they keep the room open. */
  joining: number
  linger: Cancel | undefined
}

/** The rooms that are open on this node: those with members, and those that had some a moment ago. */
export class Rooms {
  readonly #slots = new Map<string, Slot>()
  readonly #timers = new Set<Cancel>()
  /** Of rooms that nobody is in any more. */
  readonly #closing = new Set<Promise<void>>()
  #node: Node | undefined
  #lastHandle = 0

  /** Once, by the composition root: rooms and node know each other. */
  bind(node: Node): void {
    this.#node = node
  }

  get(key: string): Room | undefined {
    return this.#slots.get(key)?.room
  }

  all(): readonly Room[] {
    return [...this.#slots.values()].map((slot) => slot.room)
  }

  /** Opens the room while `use` runs; it stays open as long as it has members. */
  async using<T>(kind: RoomKind, params: unknown, use: (room: Room) => Promise<T>): Promise<T> {
    const key = roomKey(kind.namespace.name, kind.name, params)
    const slot = this.#slots.get(key) ?? this.#open(kind, params, key)
    slot.joining++
    try {
      await slot.opened
      return await use(slot.room)
    } finally {
      slot.joining--
      this.#lingerIfEmpty(slot)
    }
  }

  /** Ends a membership; the presence of a connection that broke stays for its grace. Reports faults, never rejects. */
  async leave(member: Member, reason: LeaveReason): Promise<void> {
    if (member.isGone) return
    const { room } = member
    room.remove(member)
    if (reason === 'left' || reason === 'kicked') member.closeQueue()
    member.peer.link.exit(room.key)
    leavePresence(member, reason)
    const slot = this.#slots.get(room.key)
    if (slot) this.#lingerIfEmpty(slot)
    await leaveHooks(member, reason)
  }

  /** Runs `run` after `delayMs`, unless the node closes first. */
  later(delayMs: number, run: () => void): Cancel {
    const cancel = this.#bound().clock.after(delayMs, () => {
      this.#timers.delete(cancel)
      run()
    })
    this.#timers.add(cancel)
    return () => {
      this.#timers.delete(cancel)
      cancel()
    }
  }

  async close(): Promise<void> {
    for (const cancel of this.#timers) cancel()
    const slots = [...this.#slots.values()]
    this.#slots.clear()
    for (const slot of slots) slot.linger?.()
    await Promise.all([...slots.map((slot) => slot.room.close()), ...this.#closing])
  }

  #open(kind: RoomKind, params: unknown, key: string): Slot {
    const node = this.#bound()
    const room = new Room(node, kind, params, key, ++this.#lastHandle)
    const slot: Slot = { room, opened: room.open(), joining: 0, linger: undefined }
    this.#slots.set(key, slot)
    slot.opened.catch(() => this.#close(slot))
    return slot
  }

  #lingerIfEmpty(slot: Slot): void {
    if (slot.joining > 0 || slot.room.members.size > 0 || slot.linger) return
    const node = this.#bound()
    slot.linger = node.clock.after(node.limits.roomLingerMs, () => {
      slot.linger = undefined
      if (slot.joining === 0 && slot.room.members.size === 0) this.#close(slot)
    })
  }

  #close(slot: Slot): void {
    const node = this.#bound()
    slot.linger?.()
    if (this.#slots.get(slot.room.key) === slot) this.#slots.delete(slot.room.key)
    const closing = slot.room
      .close()
      .catch((error: unknown) => node.report(error))
      .finally(() => this.#closing.delete(closing))
    this.#closing.add(closing)
  }

  #bound(): Node {
    if (this.#node === undefined) throw new Error('bind() must be called before rooms are opened')
    return this.#node
  }
}
