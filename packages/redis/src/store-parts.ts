import type { Random } from '@millrace/contract'
import type { Opening } from '@millrace/server'
import type { Commands } from './commands.ts'
import type { KeyNames } from './key-names.ts'
import type { Settings } from './redis-options.ts'
import type { Skips } from './skips.ts'

/** What every port of one open store works with. */
export interface StoreParts {
  readonly commands: Commands
  readonly names: KeyNames
  readonly opening: Opening
  readonly random: Random
  readonly settings: Settings
  readonly skips: Skips
}
