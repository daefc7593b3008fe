import { expect, it } from 'vitest'
import { transition, type ProviderEvent, type ProviderStatus } from '../../src/client/provider-status.ts'

it('[DOC114] a status is left only to one that it leads to', () => {
  const states: ProviderStatus[] = ['disconnected', 'connecting', 'connected']
  const table: Record<ProviderEvent, readonly ProviderStatus[]> = {
    connect: ['connecting', 'connecting', 'connected'],
    joined: ['disconnected', 'connected', 'connected'],
    lost: ['disconnected', 'connecting', 'connecting'],
    ended: ['disconnected', 'disconnected', 'disconnected'],
  }
  for (const [event, next] of Object.entries(table))
    expect(states.map((status) => transition(status, event as ProviderEvent))).toEqual(next)
})
