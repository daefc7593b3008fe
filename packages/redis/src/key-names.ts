import { createHash } from 'node:crypto'

/**
 * Names in Redis. Everything of one room carries the same hash tag, so that a Redis Cluster keeps it in one slot and a script
 * may touch all of it. The length before the room's name keeps the tag from being empty and the name from running into what
 * follows.
 */
export class KeyNames {
  readonly #prefix: string

  constructor(prefix: string) {
    this.#prefix = prefix
  }

  /** `millrace:{5:lobby}:part` */
  room(room: string, part: string): string {
    return `${this.#prefix}:{${room.length}:${room}}:${part}`
  }

  /** What happens in a room: entries, changes of keyed state and presence. */
  live(room: string): string {
    return this.room(room, 'live')
  }

  log(room: string): string[] {
    return [this.room(room, 'log'), this.room(room, 'entries')]
  }

  state(room: string): string[] {
    return ['state', 'values', 'places', 'removed', 'ids'].map((part) => this.room(room, part))
  }

  /** What is known of a room's kept bytes by name, and the bytes by name. */
  blobs(room: string): string[] {
    return ['blobs', 'bytes'].map((part) => this.room(room, part))
  }

  /** The head and the open buckets of a series. */
  series(series: string): string {
    return this.room(series, 'series')
  }

  /** @param chunk Epoch, rollup (from 1), chunk and track; '' for what all of them begin with. */
  points(series: string, chunk: string): string {
    return this.room(series, `points:${chunk}`)
  }

  /** @param index Leads to other slots of a cluster. */
  probe(id: string, index: number): string {
    return `${this.#prefix}:{probe ${id} ${index}}`
  }

  bus(subject: string): string {
    return this.room(subject, 'bus')
  }

  /** @param scope What tells uses of the key apart. */
  appendKey(room: string, scope: string): string {
    return this.room(room, `key:${digestOf(scope)}`)
  }

  /** A pattern for `appendKey`, for tests. */
  appendKeys(room: string): string {
    return this.room(room, 'key:').replaceAll(/[\\[\]*?]/g, '\\$&') + '*'
  }

  claim(key: string): string {
    return `${this.#prefix}:claim:${digestOf(key)}`
  }

  /** The list of users by version, and what is known of the list. */
  revocations(): string[] {
    return ['users', 'head'].map((part) => `${this.#prefix}:{revocations}:${part}`)
  }

  singleton(name: string): string {
    return `${this.#prefix}:singleton:${digestOf(name)}`
  }

  /** @param part `lease` or `rooms` of a node. */
  node(node: string, part: string): string {
    return `${this.#prefix}:{node ${node}}:${part}`
  }

  /** Nodes that may have left something behind. */
  nodes(): string {
    return `${this.#prefix}:nodes`
  }
}

/** 43 characters without spaces. */
export function digestOf(...parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest('base64url')
}
