import type { Client } from '@millrace/client'
import { createContext, use, useSyncExternalStore } from 'react'
import { AddressStore } from './address/address-store.ts'
import type { ChartAddress } from './address/chart-address.ts'
import { Received } from './cost/received.ts'
import { Absence } from './time/absence.ts'
import { ServerClock } from './time/server-clock.ts'
import { TimeControl } from './time/time-control.ts'

/** What all parts of the page share; it lives as long as the page. */
export interface PageParts {
  readonly address: AddressStore
  readonly clock: ServerClock
  readonly time: TimeControl
  readonly absence: Absence
  readonly received: Received
}

export function createPageParts(client: Client): PageParts {
  const clock = new ServerClock()
  const address = new AddressStore(() => clock.now())
  return {
    address,
    clock,
    time: new TimeControl(address, clock),
    absence: new Absence(client, clock),
    received: new Received(clock),
  }
}

const PageContext = createContext<PageParts | undefined>(undefined)
export const PagePartsProvider = PageContext

export function usePageParts(): PageParts {
  const parts = use(PageContext)
  if (!parts) throw new Error('no parts of the page; put a PagePartsProvider around it')
  return parts
}

export function useAddress(): ChartAddress {
  const { address } = usePageParts()
  return useSyncExternalStore(address.on, address.get)
}
