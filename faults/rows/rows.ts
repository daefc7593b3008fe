import { backToBaseline } from './back-to-baseline.ts'
import { f01 } from './f01.ts'
import { f02 } from './f02.ts'
import { f03 } from './f03.ts'
import { f04 } from './f04.ts'
import { f05 } from './f05.ts'
import { f06 } from './f06.ts'
import { f07 } from './f07.ts'
import { f08 } from './f08.ts'
import { f09 } from './f09.ts'
import { f10 } from './f10.ts'
import { f11 } from './f11.ts'
import { f12 } from './f12.ts'
import { f13 } from './f13.ts'
import { f14 } from './f14.ts'
import type { Row } from './row.ts'

/** In the order in which they run. */
export const rows: readonly Row[] = [f01, f02, f03, f04, f05, f06, f07, f08, f09, f10, f11, f12, f13, f14].map(
  backToBaseline,
)
