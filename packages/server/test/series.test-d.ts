import { defineContract, room, series } from '@millrace/contract'
import { implement, type Publisher, type Server, type TypedRoomHandle } from '@millrace/server'
import { z } from 'zod'

const contract = defineContract({
  namespace: '/meters',
  rooms: {
    hall: room({
      series: {
        load: series({ keys: z.enum(['a', 'b']), fields: ['cpu', 'heat'] }),
        price: series({ keys: z.string(), fields: ['price'] }),
      },
    }),
    bare: room({}),
  },
})

// [SER30] only series, keys and fields of the contract, wherever it is appended
async function append({
  series: of,
}: Pick<TypedRoomHandle<(typeof contract)['rooms']['hall']>, 'series'>): Promise<void> {
  await of('load').append('a', 1, { cpu: 1, heat: 2 })
  await of('load').append('b', 1, { heat: 2 })
  await of('price').append('any', 1, { price: 2 })
  // @ts-expect-error a series that nobody declared
  of('none')
  // @ts-expect-error a key that the schema refuses
  await of('load').append('c', 1, { cpu: 1 })
  // @ts-expect-error a field that nobody declared
  await of('load').append('a', 1, { price: 1 })
  // @ts-expect-error a number as text
  await of('load').append('a', 1, { cpu: '1' })
  // @ts-expect-error a time that is a date
  await of('load').append('a', new Date(), { cpu: 1 })
  // @ts-expect-error no numbers
  await of('load').append('a', 1)
}

export async function use(server: Server, publisher: Publisher<typeof contract>): Promise<void> {
  await append(server.room(contract, 'hall', {}))
  await append(publisher.room(contract, 'hall', {}))
  // @ts-expect-error a room without series
  server.room(contract, 'bare', {}).series('load')
}

export const app = implement(contract, {
  rooms: {
    hall: { authorize: () => true, onJoin: ({ room: here }) => append(here) },
    bare: { authorize: () => true },
  },
})
