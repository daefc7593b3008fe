import type { Member } from '../load/member.ts'
import type { Findings } from './findings.ts'

/** None of them was told of a gap in any room. */
export function noGaps(findings: Findings, members: readonly Member[]): void {
  const gaps = members.reduce((sum, member) => sum + member.gaps, 0)
  findings.result('no gap', gaps === 0, gaps)
}
