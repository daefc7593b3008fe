import type { Threshold } from './threshold.ts'

export type Alerts = Readonly<Record<string, Threshold>>

/** @param threshold Undefined: none any more. */
export function withAlert(alerts: Alerts, what: string, threshold: Threshold | undefined): Alerts {
  const { [what]: _, ...others } = alerts
  return threshold ? { ...others, [what]: threshold } : others
}
