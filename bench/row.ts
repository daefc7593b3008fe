import { median, ratiosOf } from './stats.ts'

/** One line of the result; the JSON file is an array of them. */
export interface Row {
  readonly scenario: string
  readonly case: string
  readonly contender: string
  readonly metric: string
  readonly unit: 'us' | 'B' | '1/s' | '%'
  readonly median: number
  readonly min: number
  readonly max: number
  /** How many rounds were measured; warm-ups are not among them. */
  readonly rounds: number
  /** The contender that `ratio` compares with. Null: the metric informs and is not compared. */
  readonly baseline: string | null
  /** Median of the ratios of each round. Null where there is no baseline. */
  readonly ratio: number | null
  /** One per round. Null where there is no baseline. */
  readonly ratios: readonly number[] | null
}

export interface Metric {
  readonly name: string
  readonly unit: Row['unit']
  /** Whether it is the scenario's main metric, which is compared with the baseline. */
  readonly isMain: boolean
}

/** What one contender's rounds gave: one object per round, by metric name. */
export type Rounds<M extends string = string> = ReadonlyMap<string, readonly Readonly<Record<M, number>>[]>

/** @param baselineName The contender that main metrics are compared with. */
export function rowsOf(
  scenario: string,
  caseName: string,
  metrics: readonly Metric[],
  rounds: Rounds,
  baselineName = 'socket.io',
): Row[] {
  return metrics.flatMap((metric) => {
    const baseline = metric.isMain ? valuesOf(rounds, baselineName, metric.name) : undefined
    return [...rounds.keys()].map((contender): Row => {
      const values = valuesOf(rounds, contender, metric.name) ?? []
      const ratios = baseline ? ratiosOf(values, baseline) : null
      return {
        scenario,
        case: caseName,
        contender,
        metric: metric.name,
        unit: metric.unit,
        median: median(values),
        min: Math.min(...values),
        max: Math.max(...values),
        rounds: values.length,
        baseline: baseline ? baselineName : null,
        ratio: ratios && median(ratios),
        ratios,
      }
    })
  })
}

function valuesOf(rounds: Rounds, contender: string, metric: string): number[] | undefined {
  return rounds.get(contender)?.map((round) => round[metric] ?? NaN)
}
