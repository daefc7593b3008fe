import type { Row } from '../row.ts'
import { cells, headings, number } from '../table.ts'
import { judge, type Judged } from './mark.ts'
import type { Surroundings } from './machine.ts'

export interface Run {
  readonly rows: readonly Row[]
  /** When it began. */
  readonly date: Date
  /** What was asked for, as the command line says it. */
  readonly command: string
  readonly rounds: number
  /** Where servers and load ran. */
  readonly pinning: string
  readonly surroundings: Surroundings
  /** How long each scenario took, s. */
  readonly seconds: ReadonlyMap<string, number>
  /** Scenarios that ended without a result, and why. */
  readonly faults: ReadonlyMap<string, string>
}

/** The results of a run as a page of Markdown. */
export function resultsPage(run: Run): string {
  const judged = judge(run.rows)
  return [
    '# Results of the bench',
    'Written by the bench itself, see [README.md](README.md) for what is measured and how to read it.',
    facts(run),
    ...faultSection(run.faults),
    '## Marks',
    'Of Millrace. Ratios are to the baseline that the row names; they and times are the median of the rounds, bytes in a process the most.',
    markTable(judged),
    '## Everything',
    'Ratio: the median of the rounds, and in brackets each round.',
    rowTable(run.rows),
    '## Time',
    markdown(['scenario', 'seconds'], timeLines(run.seconds)),
  ]
    .join('\n\n')
    .concat('\n')
}

function facts({ date, command, rounds, pinning, surroundings: around }: Run): string {
  const versions = Object.entries(around.versions).map(([name, version]) => `${name} ${version}`)
  const commit =
    around.commit === undefined ? 'not in a repository' : `${around.commit}${around.isClean ? '' : ', with changes'}`
  return [
    `- Date: ${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`,
    `- Command: \`${command}\`, ${rounds} interleaved rounds after the warm-up (\`slow-reader\`: one, \`idle\` and \`collab-memory\`: at most two)`,
    `- Commit: ${commit}`,
    `- Machine: ${around.cores} cores of ${around.cpu}, ${(around.memoryBytes / 2 ** 30).toFixed(1)} GiB of memory, ${around.kernel}; load average before the run ${around.loadBefore.toFixed(2)}`,
    `- Processes: ${pinning}`,
    `- Versions: ${versions.join(', ')}`,
  ].join('\n')
}

function faultSection(faults: ReadonlyMap<string, string>): string[] {
  if (faults.size === 0) return []
  return [
    '## Failed',
    'Their marks are missed.',
    Array.from(faults, ([name, why]) => `- **${name}**: ${why}`).join('\n'),
  ]
}

function markTable(judged: readonly Judged[]): string {
  const lines = judged.map(({ mark, row, value, isMet }) => [
    mark.what,
    `${row.scenario}, ${row.case}`,
    row.metric,
    mark.of === 'ratio' ? (row.baseline ?? '') : 'none',
    mark.of === 'ratio' ? value.toFixed(3) : number(value),
    `<= ${mark.of === 'ratio' ? mark.most.toFixed(2) : number(mark.most)}`,
    isMet ? 'met' : '**missed**',
  ])
  return markdown(['what', 'case', 'metric', 'baseline', 'measured', 'mark', ''], lines)
}

function rowTable(rows: readonly Row[]): string {
  const lines = rows.map((row) => cells(row, row.ratio === null ? '' : ratioCell(row.ratio, row.ratios ?? [])))
  return markdown(headings, lines)
}

function ratioCell(ratio: number, ratios: readonly number[]): string {
  return `${ratio.toFixed(3)} (${ratios.map((one) => one.toFixed(3)).join(' ')})`
}

function timeLines(seconds: ReadonlyMap<string, number>): string[][] {
  const total = [...seconds.values()].reduce((sum, one) => sum + one, 0)
  return [...seconds, ['all', total] as const].map(([scenario, took]) => [scenario, String(Math.round(took))])
}

function markdown(headings: readonly string[], lines: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(headings), line(headings.map(() => '---')), ...lines.map(line)].join('\n')
}
