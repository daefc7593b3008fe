import { freePort } from '../cluster/free-port.ts'

/** A network in which each service has a port of this machine instead of a name and a port that it has by default. */
export class ComposeNetwork {
  readonly #ports: ReadonlyMap<string, number>

  private constructor(ports: ReadonlyMap<string, number>) {
    this.#ports = ports
  }

  static async of(services: readonly string[]): Promise<ComposeNetwork> {
    const ports = new Map<string, number>()
    for (const service of services) ports.set(service, await freePort())
    return new ComposeNetwork(ports)
  }

  portOf(service: string): number {
    return this.#ports.get(service) ?? 0
  }

  /** For example of `redis://redis:6379`. */
  inText(text: string): string {
    return text.replaceAll(/\b([a-z]+\d?):(6379|5432|3000)\b/g, (address, name: string) =>
      this.#ports.has(name) ? `127.0.0.1:${this.portOf(name)}` : address,
    )
  }

  /** For example of `-h redis`, where no port follows. */
  inCommand(args: readonly string[]): string[] {
    return args.flatMap((arg, at) =>
      args[at - 1] === '-h' && this.#ports.has(arg) ? ['127.0.0.1', '-p', String(this.portOf(arg))] : [arg],
    )
  }
}
