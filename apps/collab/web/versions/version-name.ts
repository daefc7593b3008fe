import { dayText, timeText } from '@millrace/app-design'
import type { Version } from './use-versions.ts'

/** What a version is called: its name, or when it was made. */
export function versionName({ name, at }: Version, now: number): string {
  return name === '' ? `${dayText(at, now)}, ${timeText(at)}` : name
}
