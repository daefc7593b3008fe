import { f01 } from './f01.ts'
import type { Row } from './row.ts'

/** In the order in which they run. */
export const rows: readonly Row[] = [f01]
