import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { repositoryRoot } from '../run-command.ts'

const Service = z.object({
  image: z.string(),
  build: z.object({ context: z.literal('.'), dockerfile: z.string() }).optional(),
  command: z.string().optional(),
  environment: z.record(z.string(), z.string()).default({}),
  ports: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
  healthcheck: z.object({ test: z.array(z.string()).min(2) }).optional(),
  depends_on: z.record(z.string(), z.object({ condition: z.literal('service_healthy') })).default({}),
  restart: z.literal('unless-stopped'),
  stop_grace_period: z.string().optional(),
})

export type Service = z.output<typeof Service>

/**
 * The services of `docker-compose.yml`, in its order.
 *
 * @throws Error where a variable is required and absent, as Compose does.
 */
export function readCompose(env: Readonly<Record<string, string | undefined>>): Readonly<Record<string, Service>> {
  const text = readFileSync(join(repositoryRoot, 'docker-compose.yml'), 'utf8')
  const filled = text.replaceAll(/\$\{(\w+):([-?])([^}]*)\}/g, (_, name: string, kind: string, rest: string) => {
    const value = env[name]
    if (value) return value
    if (kind === '?') throw new Error(`required variable ${name} is missing a value: ${rest}`)
    return rest
  })
  return z.object({ services: z.record(z.string(), Service) }).parse(parse(filled, { merge: true })).services
}

/** What a container of `deploy/Dockerfile` starts with. */
export interface Image {
  readonly user: string | undefined
  readonly env: Readonly<Record<string, string>>
  readonly command: readonly string[]
  readonly healthcheck: readonly string[]
  /** What the last stage takes from the first. */
  readonly copies: readonly string[]
}

export function readDockerfile(): Image {
  const text = readFileSync(join(repositoryRoot, 'deploy/Dockerfile'), 'utf8')
  const last = text.slice(text.lastIndexOf('\nFROM '))
  const argsOf = (instruction: RegExp) => z.array(z.string()).parse(JSON.parse(instruction.exec(last)?.[1] ?? '[]'))
  const env = [...(/^ENV (.+)$/m.exec(last)?.[1] ?? '').matchAll(/(\w+)=(\S+)/g)]
  return {
    user: /^USER (\w+)$/m.exec(last)?.[1],
    env: Object.fromEntries(env.map(([, name, value]) => [name, value])) as Record<string, string>,
    command: argsOf(/^CMD (\[.+\])$/m),
    healthcheck: argsOf(/^HEALTHCHECK .* CMD (\[.+\])$/m),
    copies: [...last.matchAll(/^COPY --from=build (.+) \S+$/gm)].flatMap(([, paths = '']) => paths.split(' ')),
  }
}
