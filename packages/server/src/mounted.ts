import type { Contract } from '@millrace/contract'
import type { Implementation } from './implement.ts'
import { Namespace } from './namespace.ts'
import type { Middleware } from './pipeline/middleware.ts'

/** The contracts that one server serves. */
export class Mounted {
  readonly namespaces = new Map<string, Namespace>()
  readonly #middleware: Middleware[] = []

  use(middleware: Middleware): void {
    this.#middleware.push(middleware)
  }

  /** @throws Error where the namespace is mounted already, or a handler is missing. */
  mount(implementation: Implementation): void {
    const { namespace } = implementation.contract
    if (this.namespaces.has(namespace))
      throw new Error(`${namespace} is mounted already; give each contract its own namespace`)
    this.namespaces.set(namespace, new Namespace(implementation, this.#middleware))
  }

  /** @throws Error where it is not mounted. */
  namespaceOf(contract: Contract): Namespace {
    const namespace = this.namespaces.get(contract.namespace)
    if (namespace === undefined)
      throw new Error(`${contract.namespace} is not mounted; call server.mount(implement(...)) first`)
    return namespace
  }
}
