import { defineContract, event, room, series, type Schema } from '@millrace/contract'
import { implement } from '@millrace/server'
import type { TestUser } from '../test-user.ts'

/** What has these members, each of its type. */
function record<T extends object>(
  types: { readonly [K in keyof T]: 'string' | 'number' },
  maxLength = Infinity,
): Schema<T> {
  const fits = (value: Record<string, unknown>): boolean =>
    Object.entries(types).every(
      ([name, type]) => typeof value[name] === type && String(value[name]).length <= maxLength,
    )
  return {
    '~standard': {
      version: 1,
      vendor: 'millrace-testing',
      validate: (value) =>
        fits(value as Record<string, unknown>)
          ? { value: value as T }
          : { issues: [{ message: `must have ${Object.keys(types).join(', ')}` }] },
    },
  }
}

interface Price {
  readonly share: string
  readonly price: number
}
const price = record<Price>({ share: 'string', price: 'number' })

const share: Schema<string> = {
  '~standard': {
    version: 1,
    vendor: 'millrace-testing',
    validate: (value) => (typeof value === 'string' ? { value } : { issues: [{ message: 'must be text' }] }),
  },
}

export const market = defineContract({
  namespace: '/market',
  events: { notice: event(record<{ text: string }>({ text: 'string' })) },
  rooms: {
    floor: room({
      params: record<{ id: string }>({ id: 'string' }, 20),
      history: { maxEvents: 3 },
      events: {
        trade: event(price),
        price: event(price, { delivery: 'latest', key: 'share' }),
        bell: event(record<{ n: number }>({ n: 'number' }), { delivery: 'volatile' }),
      },
      series: { quotes: series({ keys: share, fields: ['price'] }) },
    }),
  },
})

export const marketApp = implement<typeof market, TestUser>(market, { rooms: { floor: { authorize: () => true } } })
