import type { SeriesView } from '@millrace/client'
import { defineContract, event, room, series, type RoomsOf } from '@millrace/contract'
import { z } from 'zod'

export const market = defineContract({
  namespace: '/market',
  rooms: {
    floor: room({
      events: { bell: event(z.object({})) },
      series: {
        price: series({ keys: z.enum(['acme', 'bolt', 'core']), fields: ['bid', 'ask'] }),
        load: series({ keys: z.string().max(8), fields: ['value'], version: 2 }),
      },
    }),
  },
})

export type Floor = RoomsOf<typeof market>['floor']
export type PriceView = SeriesView<Floor['series']['price']>
