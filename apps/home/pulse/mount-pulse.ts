import { chat } from '@millrace/app-chat/contract'
import type { EventLog, Server, UserLike } from '@millrace/server'
import { pulse } from './contract.ts'
import { isGuest } from './guest.ts'
import { createPulse } from './server.ts'
import { Wires } from './wires.ts'

export interface MountOptions<User extends UserLike> {
  /** With the chat mounted, and not open yet. */
  readonly server: Server<User>
  readonly log: () => EventLog
  /** Whether visitors may kill this process. */
  readonly canKill: boolean
  readonly onError: (error: unknown) => void
}

export function mountPulse<User extends UserLike>({ server, log, canKill, onError }: MountOptions<User>): void {
  const wires = new Wires(server.io, pulse.namespace)
  const people = (): number => {
    const users = server.connections(chat).map(({ user }) => user)
    return new Set(users.filter((user) => !isGuest(user)).map(({ id }) => id)).size
  }
  server.mount(
    createPulse<User>({
      server,
      log,
      people,
      cut: (userId) => wires.cut(userId),
      kill: canKill ? () => process.kill(process.pid, 'SIGKILL') : undefined,
      processId: process.pid,
      onError,
    }),
  )
}
