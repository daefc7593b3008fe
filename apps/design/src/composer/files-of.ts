/** The files of a paste or a drop. Copied text that also has a picture of itself, as office programs make it, has none. */
export function filesOf(data: DataTransfer | null): readonly File[] {
  if (!data || data.types.includes('text/plain')) return []
  return [...data.files]
}
