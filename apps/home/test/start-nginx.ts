import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startProcess } from '@millrace/testing/faults'

const template = readFileSync(join(import.meta.dirname, '../../../deploy/nginx.conf'), 'utf8')

export interface Nginx extends AsyncDisposable {
  /** Those that take new connections now, or finish with old ones. */
  workers(): number[]
  reload(): void
}

/** nginx as `deploy/nginx.conf` has it. It ends with this process. */
export async function startNginx(variables: Readonly<Record<string, string>>): Promise<Nginx> {
  if (!process.env.MILLRACE_NGINX) throw new Error('nginx is missing; install the package nginx')
  const folder = mkdtempSync(join(tmpdir(), 'millrace-nginx-'))
  // As the official image does: what is set is filled in, other names are nginx's own.
  const filled = template.replaceAll(/\$\{(\w+)\}/g, (text, name: string) => variables[name] ?? text)
  writeFileSync(join(folder, 'nginx.conf'), filled)
  const args = ['-p', folder, '-c', 'nginx.conf', '-g', `daemon off; pid ${join(folder, 'pid')};`]
  // nginx says nothing when it runs.
  const script = 'echo started; exec "$0" "$@"'
  const nginx = await startProcess({
    command: 'sh',
    args: ['-c', script, process.env.MILLRACE_NGINX, ...args],
    isReady: (line) => line === 'started',
  })
  return {
    workers: () => {
      const rows = execFileSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n')
      const pairs = rows.map((row) => row.trim().split(/\s+/).map(Number))
      return pairs.flatMap(([pid = 0, parent]) => (parent === nginx.pid ? [pid] : []))
    },
    reload: () => void process.kill(nginx.pid, 'SIGHUP'),
    [Symbol.asyncDispose]: async () => {
      await nginx[Symbol.asyncDispose]()
      rmSync(folder, { recursive: true })
    },
  }
}
