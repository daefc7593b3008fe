import type { Report } from '../load/report.ts'
import type { Metric } from '../row.ts'

/**
 * What a server's CPU time is divided by: an event that one client received, a request or connection, an event however many
 * receive it, or a client that came back. An update is a publish that the server makes by itself.
 */
export type Operation = 'delivery' | 'operation' | 'publish' | 'client' | 'update'

const names = {
  delivery: { cpu: 'cpuMicrosPerDelivery', rate: 'deliveriesPerSecond' },
  operation: { cpu: 'cpuMicrosPerOperation', rate: 'operationsPerSecond' },
  publish: { cpu: 'cpuMicrosPerPublish', rate: 'publishesPerSecond' },
  client: { cpu: 'cpuMicrosPerClient', rate: 'clientsPerSecond' },
  update: { cpu: 'cpuMicrosPerUpdate', rate: 'updatesPerSecond' },
} as const

export interface CpuReport extends Report {
  /** Updates that the viewers were not sent, of all updates times viewers. */
  readonly leftOutPercent?: number
}

export function cpuMetrics(operation: Operation): Metric[] {
  return [
    { name: names[operation].cpu, unit: 'us', isMain: true },
    { name: 'latencyP50Micros', unit: 'us', isMain: false },
    { name: 'latencyP99Micros', unit: 'us', isMain: false },
    { name: names[operation].rate, unit: '1/s', isMain: false },
    ...(operation === 'update' ? [{ name: 'leftOutPercent', unit: '%', isMain: false } as const] : []),
  ]
}

export function cpuValues(operation: Operation, cpuMicros: number, report: CpuReport): Record<string, number> {
  return {
    [names[operation].cpu]: cpuMicros,
    latencyP50Micros: report.latencyP50Micros,
    latencyP99Micros: report.latencyP99Micros,
    [names[operation].rate]: report.operations / report.seconds,
    ...(report.leftOutPercent === undefined ? {} : { leftOutPercent: report.leftOutPercent }),
  }
}
