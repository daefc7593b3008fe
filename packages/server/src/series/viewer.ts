import type { Member } from '../room/member.ts'

/** One member that looks at a group's view. */
export class Viewer {
  readonly member: Member
  /** How often it asked for it and was not told to end it. */
  count = 0
  /** The first column of which it was not told; Infinity where there is none, -Infinity: it must ask again. */
  owedFrom = Infinity
  /** An answer is under way; increments follow it. */
  isAnswering = false
  isCatchingUp = false

  constructor(member: Member) {
    this.member = member
  }

  /** Whether increments are not for it now. */
  get isWaiting(): boolean {
    return this.isAnswering || this.isCatchingUp || this.owedFrom !== Infinity
  }

  owe(since: number): void {
    this.owedFrom = Math.min(this.owedFrom, since)
  }
}
