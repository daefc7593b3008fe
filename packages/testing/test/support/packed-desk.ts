import { bytes, defineContract, event, request, room } from '@millrace/contract'
import { z } from 'zod'

/** What a page and its server exchange in bytes. */
export const packedDesk = defineContract({
  namespace: '/packed',
  requests: { echo: request({ input: z.unknown(), output: z.unknown() }) },
  rooms: { desk: room({ events: { blob: event(bytes(), { publish: 'members' }) } }) },
})
