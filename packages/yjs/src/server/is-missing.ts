import type { MillraceError } from '@millrace/contract'
import type { MissingData } from './guard/refuse.ts'

/** Whether an update was refused because the document lacks what it refers to. */
export function isMissing({ code, data }: MillraceError): boolean {
  return code === 'INVALID_INPUT' && (data as Partial<MissingData> | undefined)?.reason === 'missing'
}
