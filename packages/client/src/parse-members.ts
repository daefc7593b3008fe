import { parse, type Parsed, type PresenceEntry, type WireMember } from '@millrace/contract'
import type { Member } from './members.ts'

/** Parses users and states. A member with a part that fails is left out, and the failure reported. */
export function parseMembers(
  entry: PresenceEntry,
  wire: readonly WireMember[],
  report: (error: unknown) => void,
): Parsed<readonly Member[]> | Promise<Parsed<readonly Member[]>> {
  const parts = wire.map(({ user, metas }) => [
    parse(entry.user, user, 'user of presence'),
    ...metas.map(({ state }) => parse(entry.state, state, 'state of presence')),
  ])
  const isAsync = parts.some((results) => results.some((result) => result instanceof Promise))
  if (isAsync) return Promise.all(parts.map((results) => Promise.all(results))).then((parsed) => assemble(wire, parsed, report))
  return assemble(wire, parts as readonly Parsed<unknown>[][], report)
}

function assemble(wire: readonly WireMember[], parsed: readonly Parsed<unknown>[][], report: (error: unknown) => void): Parsed<readonly Member[]> {
  const value = wire.flatMap(({ id, metas }, index) => {
    const values: unknown[] = []
    for (const result of parsed[index] ?? []) {
      if (!result.ok) {
        report(result.error)
        return []
      }
      values.push(result.value)
    }
    const [user, ...states] = values
    return [{ id, user, metas: metas.map((meta, place) => ({ id: meta.id, state: states[place] })) }]
  })
  return { ok: true, value }
}
