import type { MillraceError } from '@millrace/contract'
import type { ReadView } from './read-view.ts'
import type { ViewPlan } from './view-plan.ts'

/** What an asker asks for. */
export interface AskedView {
  /** The newest wish. */
  readonly plan: ViewPlan
  readonly pace: number
  /** What is known already, where the answer may leave it out. */
  readonly since: { readonly epoch: string; readonly at: number } | undefined
  /** @returns False where the answer is none to what was asked. */
  answered(plan: ViewPlan, answer: ReadView): boolean
  /** A wish was refused, and the one before it holds again. @returns False where there was none. */
  refused(plan: ViewPlan): boolean
  /** There will be no view any more. */
  ended(error: MillraceError): void
}
