import { defineContract } from '@millrace/contract'

/** Live charts: machines, a market, logs. */
export const charts = defineContract({ namespace: '/charts' })
