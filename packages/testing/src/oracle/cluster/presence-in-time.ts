import type { MemberRecord, ViewRecord } from './cluster-record.ts'
import type { ClusterRun, ClusterViolation } from './judge-cluster.ts'

/** A record that holds until the next one of the same kind. */
interface Span<R> {
  readonly record: R
  readonly until: number
}

/** O9: whoever sees a room sees those who are in it, and nobody else, as soon as it is promised. */
export function* presenceInTime(run: ClusterRun): Generator<ClusterViolation> {
  const views = spansOf(run.of('view'), run.endsAt, ({ actor, room }) => JSON.stringify([actor, room]))
  const seen = views.flatMap((view) => (view.record.users ? [{ view, users: new Set(view.record.users) }] : []))
  for (const member of spansOf(run.of('member'), run.endsAt, ({ user, room }) => JSON.stringify([user, room]))) {
    const { room, user, isIn } = member.record
    for (const { view, users } of seen) {
      if (view.record.room !== room || users.has(user) === isIn || !isHeldTooLong(member, view)) continue
      yield {
        rule: 'presence',
        message: `${view.record.actor} ${isIn ? 'does not see' : 'still sees'} ${user} in ${room}`,
        records: [member.record, view.record],
      }
    }
  }
}

function isHeldTooLong(member: Span<MemberRecord>, view: Span<ViewRecord>): boolean {
  const from = Math.max(member.record.at + member.record.withinMs, view.record.at)
  return from < Math.min(member.until, view.until)
}

function spansOf<R extends MemberRecord | ViewRecord>(
  records: readonly R[],
  endsAt: number,
  keyOf: (record: R) => string,
): readonly Span<R>[] {
  const next = new Map<string, number>()
  const spans = records.toReversed().map((record): Span<R> => {
    const key = keyOf(record)
    const until = next.get(key) ?? endsAt
    next.set(key, record.at)
    return { record, until }
  })
  return spans.reverse()
}
