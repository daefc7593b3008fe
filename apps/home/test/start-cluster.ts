import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { vi } from 'vitest'

const root = join(import.meta.dirname, '../../..')
/** It may have to build first. */
const patient = { timeout: 50_000 }

/** A program of the cluster, as it was printed last. */
export interface Printed {
  readonly pid: number
  readonly port: number
  /** What `kill -9` is to be followed by. */
  readonly kill: number
}

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** `npm run cluster`, on a folder and a port of its own. */
export class RunningCluster implements AsyncDisposable {
  readonly process: ChildProcess
  readonly ended: Promise<Ended>
  stdout = ''
  stderr = ''
  readonly #folder = mkdtempSync(join(tmpdir(), 'millrace-cluster-'))

  constructor(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
    // PostgreSQL runs as another user where this is root.
    chmodSync(this.#folder, 0o711)
    // The build is that of a user, whatever runs this test.
    const { NODE_ENV: _, ...inherited } = process.env
    const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/cluster.ts', ...args], {
      cwd: root,
      env: { ...inherited, PORT: '0', DATA_DIR: this.#folder, ...env },
    })
    child.stdout.setEncoding('utf8').on('data', (text: string) => (this.stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (this.stderr += text))
    this.process = child
    this.ended = once(child, 'close').then(([code]) => ({
      code: code as number | null,
      stdout: this.stdout,
      stderr: this.stderr,
    }))
  }

  /** Its address, once it says that it is running on so many nodes. */
  address(nodes: number): Promise<string> {
    const line = new RegExp(`^Millrace is running on (http://localhost:\\d+), on ${nodes} nodes$`, 'm')
    return vi.waitUntil(() => line.exec(this.stdout)?.[1], patient)
  }

  printed(name: string): Printed {
    const line = new RegExp(`^  ${name} +process (\\d+) +port (\\d+) +kill -9 (\\d+)$`, 'gm')
    const [, pid, port, kill] = [...this.stdout.matchAll(line)].at(-1) ?? []
    return { pid: Number(pid), port: Number(port), kill: Number(kill) }
  }

  /** Waits until a program that had this process runs as another one. */
  async runsAgain(name: string, pid: number): Promise<Printed> {
    await vi.waitUntil(() => this.printed(name).pid !== pid, patient)
    return this.printed(name)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.process.kill('SIGTERM')
    await this.ended
    // Of one that was killed itself, what it started ends a moment later.
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  }
}
