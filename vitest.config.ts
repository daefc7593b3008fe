import { fileURLToPath } from 'node:url'
import { defaultClientConditions, defaultServerConditions } from 'vite'
import { defineConfig } from 'vitest/config'
import { servicePaths } from './scripts/services.ts'

const source = '@millrace/source'
// Servers, Redis and fleets of nodes, which wait more than they work: two files run at a time.
const processes = ['packages/*/test/**/*.process.test.ts', 'faults/**/*.process.test.ts']
// A browser, or a whole application: these share two cores badly, so one file runs at a time, after the others.
const heavy = [
  'packages/*/test/**/*.browser.test.{ts,tsx}',
  ...['browser', 'process'].flatMap((kind) => [
    `apps/*/test/**/*.${kind}.test.{ts,tsx}`,
    `bench/**/*.${kind}.test.ts`,
    `scripts/**/*.${kind}.test.ts`,
  ]),
]
// Pages without a server, and databases that a file starts for itself: two files run at a time.
const pages = [
  'apps/design/test/**/*.browser.test.{ts,tsx}',
  'apps/*/test/**/store-*.process.test.ts',
  'apps/database/test/**/*.process.test.ts',
]
/** How long tests wait for a condition that has no deadline of its own. */
const waits = (patienceMs: number) => ({ expect: { poll: { timeout: patienceMs } }, provide: { patienceMs } })
/** For what waits for programs and browsers: they show what happened when the machine lets them. A hundred kills would take 11 min on a busy one. */
const patience = {
  testTimeout: process.env.MILLRACE_LONG === '1' ? 1_800_000 : 120_000,
  hookTimeout: 120_000,
  ...waits(20_000),
}

export default defineConfig({
  resolve: { conditions: [source, ...defaultClientConditions] },
  ssr: { resolve: { conditions: [source, ...defaultServerConditions] } },
  test: {
    environment: 'node',
    env: servicePaths(),
    setupFiles: [fileURLToPath(new URL('scripts/patient-waits.ts', import.meta.url))],
    pool: 'forks',
    maxWorkers: 2,
    retry: 0,
    teardownTimeout: 5_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: [
            'packages/*/test/**/*.test.{ts,tsx}',
            'packages/*/src/**/*.test.ts',
            'apps/*/test/**/*.test.{ts,tsx}',
            'bench/**/*.test.ts',
            'faults/**/*.test.ts',
            'scripts/**/*.test.ts',
          ],
          exclude: ['**/node_modules/**', '**/dist/**', ...processes, ...heavy],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          ...waits(10_000),
        },
      },
      {
        extends: true,
        test: {
          name: 'processes',
          include: processes,
          exclude: ['**/node_modules/**', '**/dist/**'],
          sequence: { groupOrder: 1 },
          ...patience,
        },
      },
      {
        extends: true,
        test: {
          name: 'pages',
          include: pages,
          exclude: ['**/node_modules/**', '**/dist/**'],
          sequence: { groupOrder: 2 },
          ...patience,
        },
      },
      {
        extends: true,
        test: {
          name: 'heavy',
          include: heavy,
          exclude: ['**/node_modules/**', '**/dist/**', ...pages],
          fileParallelism: false,
          sequence: { groupOrder: 3 },
          ...patience,
        },
      },
    ],
  },
})
