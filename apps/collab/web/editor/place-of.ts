import * as Y from 'yjs'

/** Where a relative position stands now; undefined where it is not in this text, or is none. */
export function placeOf(text: Y.Text, position: Y.RelativePosition): number | undefined {
  if (!text.doc) return undefined
  const place = Y.createAbsolutePositionFromRelativePosition(position, text.doc)
  return place?.type === text ? place.index : undefined
}

/** The same of one that came as JSON from somebody else. */
export function placeOfJson(text: Y.Text, json: unknown): number | undefined {
  if (typeof json !== 'object' || json === null) return undefined
  try {
    return placeOf(text, Y.createRelativePositionFromJSON(json))
  } catch {
    // Somebody else's client may say anything; a cursor that cannot be placed is not shown.
    return undefined
  }
}
