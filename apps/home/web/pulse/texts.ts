import type { Absence } from './absences.ts'
import type { Break, Outcome, PulseReport } from './pulse-report.ts'

const whole = new Intl.NumberFormat('en')

export function countText(count: number): string {
  return whole.format(count)
}

/** 38 ms, 5.2 s. */
function durationText(durationMs: number): string {
  return durationMs < 1_000 ? `${Math.round(durationMs)} ms` : `${(durationMs / 1_000).toFixed(1)} s`
}

export function absenceText({ awayMs, waited, catchUpMs }: Absence): string {
  if (waited === 0) return `${durationText(awayMs)} away, nothing had waited`
  return `${durationText(awayMs)} away, ${eventsText(waited)} caught up in ${durationText(catchUpMs)}`
}

const underWay: Readonly<Record<Break, string>> = {
  freeze: 'Redis is frozen. Nothing can be stored for five seconds, and the publisher waits.',
  cut: 'Cut off. This browser has no connection for five seconds, and the events go on without it.',
  slow: 'Slowed down. For ten seconds this client sleeps most of the time and reads nothing meanwhile.',
  kill: 'Killed. The server’s process is gone; another one is being started.',
}
const killedNode = 'Killed. The node’s process is gone; another node takes over.'

/** Whether there is more than this server. */
export function isCluster(report: PulseReport | undefined): boolean {
  return (report?.nodes ?? 1) > 1
}

/** "server process 4711", or "node-2, one of 3 nodes, process 4711". */
export function serverText(report: PulseReport | undefined): string | undefined {
  const { process, node, nodes = 1 } = report ?? {}
  const names = [node, nodes > 1 ? `one of ${nodes} nodes` : undefined, process && `process ${process}`]
  const known = names.filter((name) => name !== undefined)
  if (node === undefined && process !== undefined) return `server ${known.toReversed().join(', ')}`
  return known.length === 0 ? undefined : known.join(', ')
}

/** What is going on, for everybody, also for those who do not see the chart. */
export function statusText(report: PulseReport | undefined): string {
  if (report?.breaking === 'kill' && report.node !== undefined) return killedNode
  if (report?.breaking) return underWay[report.breaking]
  if (report?.connection === undefined) return report?.tally.received ? 'No connection. Trying again…' : 'Connecting…'
  return report.outcome ? outcomeText(report.outcome) : 'Connected. Every event has a number, and none is missing.'
}

function outcomeText(outcome: Outcome): string {
  if (outcome.fault) return `That did not work: ${outcome.fault}.`
  return `${whatHappened(outcome)} ${lossText(outcome)}`
}

function whatHappened({ kind, absence, worstDelayMs, silenceMs, server }: Outcome): string {
  if (kind === 'freeze') return `Redis was frozen: no events for ${durationText(silenceMs)}, then they went on.`
  if (kind === 'slow') return `Slowed down: events came up to ${durationText(worstDelayMs)} late.`
  const waited = absence?.waited ?? 0
  const gone = durationText(absence?.awayMs ?? 0)
  if (kind === 'kill') {
    const who = server ? `${capital(server.before)} died, ${server.after} took over` : 'Another process took over'
    return `${who}: ${gone} without a server.`
  }
  return `Cut off for ${gone}: ${eventsText(waited)} waited, and came in order.`
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function lossText({ lost, repeated, told }: Outcome): string {
  const gap = told === 0 ? '' : ` A gap told of ${eventsText(told)} that are gone.`
  return `Lost: ${lost === 0 ? 'none' : countText(lost)}. Repeated: ${repeated === 0 ? 'none' : countText(repeated)}.${gap}`
}

function eventsText(count: number): string {
  return count === 1 ? 'one event' : `${countText(count)} events`
}
