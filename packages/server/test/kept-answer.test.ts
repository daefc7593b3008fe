import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { WireAnswer } from '@millrace/contract'
import { isWireJson, keepAnswer, readKeptAnswer } from '../src/pipeline/kept-answer.ts'

const { data } = fc.letrec((tie) => ({
  data: fc.oneof(
    { depthSize: 'small' },
    fc.string(),
    fc.integer(),
    fc.constant(null),
    fc.uint8Array({ maxLength: 8 }).map((bytes) => Buffer.from(bytes)),
    fc.array(tie('data'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(fc.constantFrom('kept', 'bytes', 'ok', '0', 'constructor'), fc.string()), tie('data'), {
      maxKeys: 4,
      noNullPrototype: true,
    }),
  ),
}))

describe('keepAnswer', () => {
  it('[PIP24] gives back the answer that was kept, bytes as bytes, whatever names and values it has', () => {
    fc.assert(
      fc.property(data, (value) => {
        const answer: WireAnswer = { ok: true, data: value }
        const text = keepAnswer(answer)
        expect(readKeptAnswer(text)).toEqual(answer)
        if (isWireJson(text)) expect(JSON.parse(text)).toEqual(answer)
      }),
    )
  })

  it('[PIP24] keeps typed arrays by their bytes alone, and throws for what is not JSON', () => {
    const whole = new Uint8Array([9, 1, 2, 9])
    const kept = readKeptAnswer(keepAnswer({ ok: true, data: { view: whole.subarray(1, 3), buffer: whole.buffer } }))
    expect(kept).toEqual({ ok: true, data: { view: Buffer.from([1, 2]), buffer: Buffer.from([9, 1, 2, 9]) } })
    expect(() => keepAnswer({ ok: true, data: 1n })).toThrow(TypeError)
  })
})
