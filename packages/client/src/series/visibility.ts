import type { Off } from '../listeners.ts'

/** Whether somebody can see the page. */
export interface Visibility {
  readonly isHidden: boolean
  /** Calls `changed` after each change. */
  subscribe(changed: () => void): Off
}
