import { checkContract } from './check-contract.ts'
import type { Contract } from './contract.ts'
import type { NoOther } from './no-other.ts'

/**
 * Checks a contract and returns it as it is, with its exact types.
 *
 * @throws Error where a name is reserved or malformed, where two entries would share a name on the wire, or where an
 *   option is out of its range. It is thrown while the module loads, so that a broken contract never serves.
 */
export function defineContract<const C extends Contract>(contract: C & NoOther<C, Contract>): C {
  checkContract(contract)
  return contract
}
