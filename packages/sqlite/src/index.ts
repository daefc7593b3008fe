export { sqlite } from './sqlite-store.ts'
export type { SqliteOptions } from './worker-options.ts'
