import type { ClusterRun, ClusterViolation } from './judge-cluster.ts'

/** O6: no process ends that was not ended, and one that is asked to end does so with 0. */
export function* processesLive(run: ClusterRun): Generator<ClusterViolation> {
  for (const exit of run.of('exit')) {
    const start = run.of('start').findLast(({ actor, at }) => actor === exit.actor && at <= exit.at)
    const stop = run
      .of('stop')
      .findLast(({ actor, at }) => actor === exit.actor && at <= exit.at && at >= (start?.at ?? 0))
    const how = exit.code === null ? `signal ${exit.signal}` : `code ${exit.code}`
    if (!stop) yield { rule: 'alive', message: `${exit.actor} ended by itself with ${how}`, records: [exit] }
    else if (stop.how === 'term' && exit.code !== 0)
      yield { rule: 'alive', message: `${exit.actor} was asked to end and did so with ${how}`, records: [stop, exit] }
  }
}
