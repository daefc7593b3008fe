import type { JobName, Jobs } from './jobs.ts'

export type ToThread = {
  [N in JobName]: { readonly name: N; readonly ask: Jobs[N]['ask'] }
}[JobName]

export type FromThread = { readonly answer: Jobs[JobName]['answer'] } | { readonly failed: string }
