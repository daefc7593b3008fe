import type { charts } from '../../contract.ts'
import { bytesText, byteRateText, countText, msText, percentText, rateText } from '../plot/value-texts.ts'
import type { RangeRule } from '../plot/value-range.ts'

export type MachineSeries = (typeof charts)['rooms']['machines']['series']['use']
export type MachineField = MachineSeries['fields'][number]

export interface Metric {
  readonly name: MachineField
  readonly label: string
  readonly rule: RangeRule
  readonly valueText: (value: number) => string
  /** How one writes a threshold. */
  readonly unit: string
  readonly scale: number
}

const shares = { rule: { base: 0, atLeast: 0.1 }, valueText: percentText, unit: '%', scale: 0.01 }
const rates = { rule: { base: 0, atLeast: 1_000 }, valueText: byteRateText, unit: 'MB/s', scale: 1_000_000 }
const counts = { rule: { base: 0, atLeast: 5 }, valueText: countText, unit: '', scale: 1 }

/** What is measured of each node, in the order of the page. */
export const metrics: readonly Metric[] = [
  { name: 'cpu', label: 'CPU of the machine', ...shares },
  { name: 'processCpu', label: 'CPU of the process', ...shares },
  {
    name: 'memory',
    label: 'Memory in use',
    rule: { base: 0, atLeast: 1_000_000_000 },
    valueText: bytesText,
    unit: 'GB',
    scale: 1_000_000_000,
  },
  {
    name: 'loopDelayMs',
    label: 'Event loop delay',
    rule: { base: 0, atLeast: 5 },
    valueText: msText,
    unit: 'ms',
    scale: 1,
  },
  { name: 'netInBytes', label: 'Network in', ...rates },
  { name: 'netOutBytes', label: 'Network out', ...rates },
  { name: 'connections', label: 'Connections', ...counts, unit: 'connections' },
  { name: 'messages', label: 'Messages', ...counts, valueText: rateText, unit: 'per second' },
  { name: 'updatesIn', label: 'Updates published', ...counts, valueText: rateText, unit: 'per second' },
]
