import type { Evidence, Line } from './evidence.ts'

/** One member in the room, from its join until it left or the run ended, over all reconnects. */
export interface Session {
  readonly actor: string
  readonly joined: Line<'joined'>
  readonly received: readonly (Line<'event'> | Line<'gap'>)[]
  /** It was still in the room at the end. */
  readonly isOpen: boolean
}

export interface Sessions {
  readonly all: readonly Session[]
  /** What reached somebody who was not in the room. */
  readonly strays: readonly (Line<'event'> | Line<'gap'>)[]
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

export function readSessions({ lines }: Evidence): Sessions {
  const open = new Map<string, Mutable<Session> & { received: (Line<'event'> | Line<'gap'>)[] }>()
  const all: Session[] = []
  const strays: (Line<'event'> | Line<'gap'>)[] = []
  for (const line of lines) {
    const { actor, type } = line.record
    const session = open.get(actor)
    if (type === 'joined') {
      if (session) session.isOpen = false
      const next = { actor, joined: line as Line<'joined'>, received: [], isOpen: true }
      open.set(actor, next)
      all.push(next)
    } else if (type === 'left') {
      if (session) session.isOpen = false
      open.delete(actor)
    } else if (type === 'event' || type === 'gap') {
      const received = line as Line<'event'> | Line<'gap'>
      if (session) session.received.push(received)
      else strays.push(received)
    }
  }
  return { all, strays }
}

export function isEvent(line: Line<'event'> | Line<'gap'>): line is Line<'event'> {
  return line.record.type === 'event'
}
