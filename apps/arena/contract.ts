import { defineContract } from '@millrace/contract'

/** An online game in small. */
export const arena = defineContract({ namespace: '/arena' })
