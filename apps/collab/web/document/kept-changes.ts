import { z } from 'zod'

/** How many changes of each document only this device has. */
export type KeptChanges = Readonly<Record<string, number>>

const KeptChanges = z.record(z.string(), z.int().positive())

export function readKept(userId: string): KeptChanges {
  try {
    return KeptChanges.safeParse(JSON.parse(localStorage.getItem(placeOf(userId)) ?? '{}')).data ?? {}
  } catch {
    // Another page wrote what is no JSON, or the browser keeps nothing.
    return {}
  }
}

export function noteKept(userId: string, documentId: string, count: number): void {
  const { [documentId]: before = 0, ...others } = readKept(userId)
  if (before === count) return
  const kept = count > 0 ? { ...others, [documentId]: count } : others
  try {
    localStorage.setItem(placeOf(userId), JSON.stringify(kept))
  } catch {
    // The changes themselves are kept elsewhere; only their number is not.
  }
}

function placeOf(userId: string): string {
  return `collab kept ${userId}`
}
