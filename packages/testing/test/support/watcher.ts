import type { WireAnswer, WireJoined } from '@millrace/contract'
import { takeSeat, type Scene, type Seat } from './scene.ts'

export const joinPresent = { room: 'present', params: { id: 'a' }, presence: { status: 'active' } }

export interface Watcher extends Seat<'present'> {
  /** What its presence listener was told: `+ada` for who came or changed, `-ada` for who left. */
  readonly changes: string[]
}

/** A client in the room with presence. */
export async function enter(scene: Scene, user: string, status = 'active', node = 0): Promise<Watcher> {
  const seat = takeSeat(scene, user, 'present', node)
  const changes: string[] = []
  const joined = seat.room.join({ presence: { status } })
  await scene.pair.flush()
  await joined
  seat.room.presence.on(({ changed, left }) => {
    changes.push([...changed.map(({ id }) => `+${id}`), ...left.map((id) => `-${id}`)].join(' '))
  })
  return { ...seat, changes }
}

export const present = ({ room }: Seat<'present'>) => room.presence.members().map(({ id }) => id)
export const joinedOf = (answer: WireAnswer) => (answer.ok ? (answer.data as WireJoined) : undefined)
