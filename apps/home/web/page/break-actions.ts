import type { IconName } from '@millrace/app-design'
import type { Break, PulseReport } from '../pulse/pulse-report.ts'
import { isCluster } from '../pulse/texts.ts'

export interface Action {
  readonly kind: Break
  readonly name: string
  readonly text: string
  readonly icon: IconName
}

const actions: readonly Action[] = [
  {
    kind: 'cut',
    name: 'Cut this browser off',
    text: 'The server resets your TCP connection, without goodbye, and your client may not come back for 5 seconds.',
    icon: 'offline',
  },
  {
    kind: 'slow',
    name: 'Slow this client',
    text: 'Your client falls asleep for 2.4 seconds at a time, 10 seconds long, and reads nothing while it sleeps.',
    icon: 'clock',
  },
  {
    kind: 'kill',
    name: 'Kill the server',
    text: 'SIGKILL: the process ends in the middle of whatever it does, for everybody. A new one opens the same log.',
    icon: 'bolt',
  },
]

const killNode: Action = {
  kind: 'kill',
  name: 'Kill the node',
  text: 'SIGKILL: the process that serves you ends in the middle of whatever it does. You go on at another node.',
  icon: 'bolt',
}

const freeze: Action = {
  kind: 'freeze',
  name: 'Freeze Redis',
  text: 'SIGSTOP: for 5 seconds what the nodes share answers nobody. Nothing new can be stored, and nothing stored is lost.',
  icon: 'lock',
}

/** What may be done here: a server's own process may be out of reach, and a cluster has more to break. */
export function actionsOf(report: PulseReport | undefined): readonly Action[] {
  const common = actions.filter(({ kind }) => kind !== 'kill' || (report?.process !== undefined && !isCluster(report)))
  const kill = isCluster(report) && report?.process !== undefined ? [killNode] : []
  return [...common, ...kill, ...(report?.canFreeze ? [freeze] : [])]
}
