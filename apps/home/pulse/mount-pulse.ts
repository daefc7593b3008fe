import { randomUUID } from 'node:crypto'
import { overhear, type NodeLog } from '@millrace/app-charts/server'
import { chat } from '@millrace/app-chat/contract'
import type { Server, Store, UserLike } from '@millrace/server'
import { pulse } from './contract.ts'
import { isGuest } from './guest.ts'
import { createPulse, type Pulse } from './server.ts'
import { Wires } from './wires.ts'

export interface MountOptions<User extends UserLike> {
  /** With the chat mounted, and not open yet. */
  readonly server: Server<User>
  readonly store: () => Store
  /** What people call this node. */
  readonly nodeName: string | undefined
  /** Whether visitors may kill this process. */
  readonly canKill: boolean
  /** Stops the store for five seconds. Undefined: visitors may not. */
  readonly freeze: (() => void) | undefined
  readonly log: NodeLog
  readonly onError: (error: unknown) => void
}

export function mountPulse<User extends UserLike>(options: MountOptions<User>): Omit<Pulse<User>, 'implementation'> {
  const { server, canKill } = options
  const wires = new Wires(server.io, pulse.namespace)
  const mounted = createPulse<User>({
    ...options,
    nodeId: randomUUID(),
    people: () => server.connections(chat).flatMap(({ user }) => (isGuest(user) ? [] : [user.id])),
    cut: (userId) => wires.cut(userId),
    kill: canKill ? () => process.kill(process.pid, 'SIGKILL') : undefined,
    processId: process.pid,
  })
  server.mount(overhear(mounted.implementation, options.log))
  return mounted
}
