import {
  maxRevocations,
  revocationKeptMs,
  type Revocation,
  type RevocationNews,
  type Revocations,
} from '@millrace/server'
import { addRevocation, readRevocations } from './lua/revocation-scripts.ts'
import { bufferList, readNumber, textOf } from './replies.ts'
import type { StoreParts } from './store-parts.ts'

export class RedisRevocations implements Revocations {
  readonly #parts: StoreParts

  constructor(parts: StoreParts) {
    this.#parts = parts
  }

  async add(userId: string): Promise<number> {
    const { opening, names, commands } = this.#parts
    opening.assertOpen()
    const args = [userId, String(revocationKeptMs), String(maxRevocations)]
    const reply = await commands.run(addRevocation, names.revocations(), args, 'repeatable')
    return readNumber(Buffer.isBuffer(reply) ? reply : undefined)
  }

  async since(version = Number.MAX_SAFE_INTEGER): Promise<RevocationNews> {
    const { opening, names, commands } = this.#parts
    opening.assertOpen()
    const reply = await commands.run(readRevocations, names.revocations(), [String(version)], 'read')
    const [newest, forgotten, ...rest] = bufferList(reply, 2)
    const users: Revocation[] = []
    for (let index = 0; index + 1 < rest.length; index += 2)
      users.push({ userId: textOf(rest[index]), version: readNumber(rest[index + 1]) })
    return { version: readNumber(newest), users, forgotten: readNumber(forgotten) }
  }
}
