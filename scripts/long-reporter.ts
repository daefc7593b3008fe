import { relative } from 'node:path'
import type { Reporter, TestCase, TestModule, TestSpecification } from 'vitest/node'
import { longForms } from './long-forms.ts'
import { repositoryRoot } from './run-command.ts'

/** A file that is at work says so this often, ms. */
const saidEveryMs = 20_000
/** Files that run at a time, except in the `heavy` project, which is the shortest. */
const atOnce = 2

interface Progress {
  readonly beganAt: number
  saidAt: number
  tests: number
  done: number
  failed: number
}

function minutesOf(path: string): number {
  return longForms[path] ?? 0
}

/** Says what a long run will take, how far each file is, and what is left. */
export default class LongReporter implements Reporter {
  readonly #files = new Map<string, Progress | 'waiting' | 'done'>()

  onTestRunStart(specifications: readonly TestSpecification[]): void {
    for (const { moduleId } of specifications) this.#files.set(pathOf(moduleId), 'waiting')
    this.#say(`${this.#files.size} files with long forms; on two cores that do nothing else about ${this.#left()}`)
  }

  onTestModuleCollected(module: TestModule): void {
    const now = performance.now()
    const tests = [...module.children.allTests()].length
    this.#files.set(pathOf(module.moduleId), { beganAt: now, saidAt: now, tests, done: 0, failed: 0 })
  }

  onTestCaseResult(test: TestCase): void {
    const path = pathOf(test.module.moduleId)
    const progress = this.#files.get(path)
    if (typeof progress !== 'object') return
    progress.done++
    if (test.result().state === 'failed') progress.failed++
    if (performance.now() - progress.saidAt < saidEveryMs) return
    progress.saidAt = performance.now()
    this.#say(`${path}: ${describe(progress)}; left in all: about ${this.#left()}`)
  }

  onTestModuleEnd(module: TestModule): void {
    const path = pathOf(module.moduleId)
    const progress = this.#files.get(path)
    this.#files.set(path, 'done')
    const ended = [...this.#files.values()].filter((one) => one === 'done').length
    const isRun = typeof progress === 'object' && module.errors().length === 0
    const what = isRun ? describe(progress) : 'could not be loaded'
    this.#say(`${path} ended: ${what}; ${ended} of ${this.#files.size} files, left in all: about ${this.#left()}`)
  }

  #left(): string {
    const minutes = [...this.#files].map(([path, progress]) => {
      if (progress === 'waiting') return minutesOf(path)
      return progress === 'done' ? 0 : minutesOf(path) * (1 - progress.done / Math.max(1, progress.tests))
    })
    const sum = minutes.reduce((total, one) => total + one, 0)
    return `${Math.ceil(Math.max(sum / atOnce, ...minutes))} min`
  }

  #say(text: string): void {
    console.log(`[long] ${text}`)
  }
}

function pathOf(moduleId: string): string {
  return relative(repositoryRoot, moduleId)
}

function describe({ beganAt, tests, done, failed }: Progress): string {
  const minutes = (performance.now() - beganAt) / 60_000
  return `${done} of ${tests} tests, ${failed} failed, ${minutes.toFixed(1)} min`
}
