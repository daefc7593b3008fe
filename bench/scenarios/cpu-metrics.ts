import type { Report } from '../load/report.ts'
import type { Metric } from '../row.ts'

/** What a server's CPU time is divided by: an event that one client received, or a request or connection. */
export type Operation = 'delivery' | 'operation'

const names = {
  delivery: { cpu: 'cpuMicrosPerDelivery', rate: 'deliveriesPerSecond' },
  operation: { cpu: 'cpuMicrosPerOperation', rate: 'operationsPerSecond' },
} as const

export function cpuMetrics(operation: Operation): Metric[] {
  return [
    { name: names[operation].cpu, unit: 'us', isMain: true },
    { name: 'latencyP50Micros', unit: 'us', isMain: false },
    { name: 'latencyP99Micros', unit: 'us', isMain: false },
    { name: names[operation].rate, unit: '1/s', isMain: false },
  ]
}

export function cpuValues(operation: Operation, cpuMicros: number, report: Report): Record<string, number> {
  return {
    [names[operation].cpu]: cpuMicros,
    latencyP50Micros: report.latencyP50Micros,
    latencyP99Micros: report.latencyP99Micros,
    [names[operation].rate]: report.operations / report.seconds,
  }
}
