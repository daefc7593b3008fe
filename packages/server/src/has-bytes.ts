/** Whether bytes stand anywhere in `value`; then it travels with attachments. */
export function hasBytes(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (Array.isArray(value)) return value.some(hasBytes)
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return true
  for (const key in value) {
    if (hasBytes((value as Record<string, unknown>)[key])) return true
  }
  return false
}

/** In how many places bytes stand in `value`: the attachments that its packet has. */
export function countBytes(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return 1
  let count = 0
  for (const member of Object.values(value)) count += countBytes(member)
  return count
}
