import { defaultClientConditions, defaultServerConditions } from 'vite'
import { defineConfig } from 'vitest/config'
import { servicePaths } from './scripts/services.ts'

const source = '@millrace/source'
// A browser, or processes of their own: these share two cores badly, so one file runs at a time, after the others.
const heavy = ['browser', 'process'].flatMap((kind) => [
  `packages/*/test/**/*.${kind}.test.{ts,tsx}`,
  `apps/*/test/**/*.${kind}.test.{ts,tsx}`,
  `bench/**/*.${kind}.test.ts`,
  `faults/**/*.${kind}.test.ts`,
  `scripts/**/*.${kind}.test.ts`,
])

export default defineConfig({
  resolve: { conditions: [source, ...defaultClientConditions] },
  ssr: { resolve: { conditions: [source, ...defaultServerConditions] } },
  test: {
    environment: 'node',
    env: servicePaths(),
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
          exclude: ['**/node_modules/**', '**/dist/**', ...heavy],
          testTimeout: 10_000,
          hookTimeout: 10_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'heavy',
          include: heavy,
          exclude: ['**/node_modules/**', '**/dist/**'],
          fileParallelism: false,
          sequence: { groupOrder: 1 },
          testTimeout: process.env.MILLRACE_LONG === '1' ? 600_000 : 60_000,
          hookTimeout: 60_000,
          // A browser shows what happened when the machine lets it.
          expect: { poll: { timeout: 10_000 } },
        },
      },
    ],
  },
})
