import { expect, it } from 'vitest'
import { actionsOf } from '../web/page/break-actions.ts'
import { Delays } from '../web/pulse/delays.ts'
import type { Outcome, PulseReport } from '../web/pulse/pulse-report.ts'
import { emptyTally } from '../web/pulse/tally.ts'
import { serverText, statusText } from '../web/pulse/texts.ts'

const alone: PulseReport = {
  tally: emptyTally,
  reconnects: 0,
  connection: 'c1',
  process: 4711,
  node: undefined,
  nodes: 1,
  canFreeze: false,
  people: 0,
  absence: undefined,
  breaking: undefined,
  outcome: undefined,
}
const node: PulseReport = { ...alone, node: 'node-2', nodes: 3, canFreeze: true }
const outcome: Outcome = {
  number: 1,
  kind: 'kill',
  absence: { awayMs: 300, catchUpMs: 20, waited: 6 },
  worstDelayMs: 0,
  silenceMs: 5_230,
  server: { before: 'node-2', after: 'node-1' },
  lost: 0,
  repeated: 0,
  told: 0,
  fault: '',
}

it('[HOM30] says which server it is, and of how many', () => {
  expect(serverText(alone)).toBe('server process 4711')
  expect(serverText(node)).toBe('node-2, one of 3 nodes, process 4711')
  expect(serverText({ ...node, nodes: 1 })).toBe('node-2, process 4711')
  expect(serverText({ ...node, node: undefined })).toBe('server process 4711, one of 3 nodes')
  expect(serverText({ ...node, process: undefined })).toBe('node-2, one of 3 nodes')
  expect(serverText({ ...alone, process: undefined })).toBeUndefined()
})

it('[HOM30, HOM31] offers what can be broken here', () => {
  const names = (report: PulseReport) => actionsOf(report).map(({ name }) => name)
  expect(names(alone)).toEqual(['Cut this browser off', 'Slow this client', 'Kill the server'])
  expect(names(node)).toEqual(['Cut this browser off', 'Slow this client', 'Kill the node', 'Freeze Redis'])
  expect(names({ ...node, process: undefined, canFreeze: false })).toEqual(['Cut this browser off', 'Slow this client'])
})

it('[HOM15, HOM30, HOM31] says what became of it', () => {
  expect(statusText({ ...node, breaking: 'kill' })).toMatch(/^Killed\. The node’s process is gone/)
  expect(statusText({ ...node, outcome })).toBe(
    'Node-2 died, node-1 took over: 300 ms without a server. Lost: none. Repeated: none.',
  )
  expect(statusText({ ...node, breaking: 'freeze' })).toMatch(/^Redis is frozen\./)
  expect(statusText({ ...node, outcome: { ...outcome, kind: 'freeze' } })).toBe(
    'Redis was frozen: no events for 5.2 s, then they went on. Lost: none. Repeated: none.',
  )
})

it('[HOM31] measures the longest time without an event', () => {
  const delays = new Delays()
  for (const at of [1_000, 1_050, 9_050, 9_100]) delays.note(at, at)
  expect(delays.silenceMs).toBe(8_000)
  delays.restart()
  for (const at of [9_150, 14_150]) delays.note(at, at)
  expect(delays.silenceMs).toBe(5_000)
})
