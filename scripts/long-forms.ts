/** Tests that do more with MILLRACE_LONG=1, and how long each file then takes alone on two cores, minutes. */
export const longForms: Readonly<Record<string, number>> = {
  'apps/charts/test/market.browser.test.ts': 1,
  'apps/chat/test/kill.process.test.ts': 1,
  'apps/collab/test/kill.process.test.ts': 1,
  'packages/redis/test/model.test.ts': 1,
  'packages/sqlite/test/compaction-crash.process.test.ts': 1,
  'packages/sqlite/test/kill-cycles.process.test.ts': 1,
  'packages/sqlite/test/model.test.ts': 1,
  'packages/testing/test/flow-property.test.ts': 1,
  'packages/testing/test/model.test.ts': 1,
  'packages/testing/test/server-fuzz.test.ts': 1,
  'packages/testing/test/stalled-readers.process.test.ts': 1,
  'packages/yjs/test/convergence/convergence-stores.process.test.ts': 1,
  'packages/yjs/test/convergence/convergence.test.ts': 1,
  'packages/yjs/test/convergence/killed-servers.process.test.ts': 1,
}
