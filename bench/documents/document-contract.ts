import { defineContract } from '@millrace/contract'
import { document } from '@millrace/yjs/contract'
import { z } from 'zod'

export const documentContract = defineContract({
  namespace: '/documents',
  rooms: {
    page: document({ params: z.object({ id: z.string() }), user: z.object({ id: z.string(), name: z.string() }) }),
  },
})
