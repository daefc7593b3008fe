import type { ClusterRun, ClusterViolation } from './judge-cluster.ts'

/** O10: connections that a revoked user had open are closed in time. */
export function* revokedInTime(run: ClusterRun): Generator<ClusterViolation> {
  const closed = new Map(run.of('closed').map((record) => [record.connection, record]))
  for (const revoked of run.of('revoked')) {
    for (const opened of run.of('opened')) {
      if (opened.user !== revoked.user || opened.at > revoked.at) continue
      const end = closed.get(opened.connection)
      const deadline = revoked.at + revoked.withinMs
      if ((end?.at ?? run.endsAt) > deadline)
        yield {
          rule: 'revoked',
          message: `connection ${opened.connection} of ${opened.user} was open ${revoked.withinMs} ms after the revocation`,
          records: [revoked, opened, ...(end ? [end] : [])],
        }
    }
  }
}
