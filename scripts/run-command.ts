import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { join } from 'node:path'

export const repositoryRoot = join(import.meta.dirname, '..')

interface CommandOptions {
  readonly cwd?: string
  readonly env?: NodeJS.ProcessEnv
  /** `inherit` shows the output as it comes; `capture` (the default) returns it, both streams in order of arrival. */
  readonly output?: 'capture' | 'inherit'
}

interface CommandResult {
  /** 1 when a signal ended the command or it could not be started. */
  readonly code: number
  readonly output: string
}

/** The script that npm would run for a tool of this repository. */
export function toolPath(name: string): string {
  return join(repositoryRoot, 'node_modules', '.bin', name)
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Runs a command to its end. A signal ends the command and then this process. Never throws: a command that cannot start has code 1 and says why in its output. */
export function runCommand(
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  const stdio = options.output === 'inherit' ? 'inherit' : (['ignore', 'pipe', 'pipe'] as const)
  const child = spawn(command, args, {
    cwd: options.cwd ?? repositoryRoot,
    env: { TURBO_TELEMETRY_DISABLED: '1', ...(options.env ?? process.env) },
    stdio: typeof stdio === 'string' ? stdio : [...stdio],
  })
  let interruption: NodeJS.Signals | undefined
  const forward = (signal: NodeJS.Signals) => {
    interruption = signal
    child.kill(signal)
  }
  for (const signal of signals) process.on(signal, forward)
  let output = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (output += text))
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (output += text))
  return new Promise((resolve) => {
    const end = (code: number) => {
      for (const signal of signals) process.off(signal, forward)
      if (interruption) process.exit(128 + constants.signals[interruption])
      resolve({ code, output })
    }
    child.on('error', (error) => {
      output += `${command} could not be started: ${error.message}\n`
      end(1)
    })
    child.on('close', (code) => end(code ?? 1))
  })
}
