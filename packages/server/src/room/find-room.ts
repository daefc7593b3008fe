import { fail, parse, type Contract, type RoomEntry } from '@millrace/contract'

/**
 * A room of a contract, and its parsed parameters.
 *
 * @throws MillraceError `UNKNOWN_EVENT` or `INVALID_INPUT`; Error where the parameters have an asynchronous schema.
 */
export function findRoom<Kind extends { readonly entry: RoomEntry }>(
  contract: Contract,
  rooms: ReadonlyMap<string, Kind>,
  name: string,
  params: unknown,
): { readonly kind: Kind; readonly params: unknown } {
  const kind = rooms.get(name)
  if (kind === undefined) throw fail('UNKNOWN_EVENT', `${contract.namespace} declares no room "${name}"`)
  if (kind.entry.params === undefined) return { kind, params: {} }
  const parsed = parse(kind.entry.params, params, `parameters of ${name}`)
  if (parsed instanceof Promise)
    throw new Error(`the parameters of room "${name}" have an asynchronous schema; use a synchronous one`)
  if (!parsed.ok) throw parsed.error
  return { kind, params: parsed.value }
}
