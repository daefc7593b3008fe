import type { MemberRecord, ViewRecord } from './cluster-record.ts'
import type { ClusterRun, ClusterViolation } from './judge-cluster.ts'

/** O9: whoever sees a room sees those who are in it, and nobody else, as soon as it is promised. */
export function* presenceInTime(run: ClusterRun): Generator<ClusterViolation> {
  const views = run.of('view')
  const members = run.of('member')
  for (const member of members) {
    const until =
      members.find(({ room, user, at }) => room === member.room && user === member.user && at > member.at)?.at ??
      run.endsAt
    for (const view of views) {
      const next = views.find(({ actor, room, at }) => actor === view.actor && room === view.room && at > view.at)
      if (view.room === member.room && isWrong(member, until, view, next?.at ?? run.endsAt))
        yield {
          rule: 'presence',
          message: `${view.actor} ${member.isIn ? 'does not see' : 'still sees'} ${member.user} in ${member.room}`,
          records: [member, view],
        }
    }
  }
}

/** Whether the view was held at any time at which it was wrong about the member. */
function isWrong(member: MemberRecord, memberUntil: number, view: ViewRecord, viewUntil: number): boolean {
  if (view.users === null || view.users.includes(member.user) === member.isIn) return false
  const from = Math.max(member.at + member.withinMs, view.at)
  return from < Math.min(memberUntil, viewUntil)
}
