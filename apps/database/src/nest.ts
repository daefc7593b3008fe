type Row = Readonly<Record<string, unknown>>

/** Makes `{ a: { b } }` of a column `a.b`. Where all columns of an object are null, as an outer join leaves them, it is null. */
export function nest(row: Row): Row {
  const nested: Record<string, unknown> = {}
  const parts = new Map<string, Record<string, unknown>>()
  for (const [column, value] of Object.entries(row)) {
    const [name = '', ...rest] = column.split('.')
    if (rest.length === 0) nested[name] = value
    else parts.set(name, { ...parts.get(name), [rest.join('.')]: value })
  }
  for (const [name, part] of parts) {
    const object = nest(part)
    nested[name] = Object.values(object).every((value) => value === null) ? null : object
  }
  return nested
}
