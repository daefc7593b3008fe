/** Tests that do more with MILLRACE_LONG=1, and how long each file then takes, minutes: extrapolated from the CPU time of a part. */
export const longForms: Readonly<Record<string, number>> = {
  'apps/charts/test/market.browser.test.ts': 1,
  'apps/chat/test/kill.process.test.ts': 1.5,
  'apps/collab/test/kill.process.test.ts': 1,
  'packages/redis/test/model.test.ts': 2,
  'packages/sqlite/test/compaction-crash.process.test.ts': 4.5,
  'packages/sqlite/test/kill-cycles.process.test.ts': 6,
  'packages/sqlite/test/model.test.ts': 4,
  'packages/testing/test/flow-property.test.ts': 1,
  'packages/testing/test/model.test.ts': 1,
  'packages/testing/test/server-fuzz.test.ts': 0.3,
  'packages/testing/test/stalled-readers.process.test.ts': 1.5,
  'packages/yjs/test/convergence/convergence-stores.process.test.ts': 35,
  'packages/yjs/test/convergence/convergence.test.ts': 5,
  'packages/yjs/test/convergence/killed-servers.process.test.ts': 7.5,
}
