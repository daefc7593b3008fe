/** What is traded in the simulated market. No company is meant. */
export interface Listing {
  /** Three letters, unlike every other's. */
  readonly symbol: string
  readonly name: string
}

const places =
  'Alder Birch Cedar Delta Ember Fjord Grove Harbor Iris Juniper Kestrel Lagoon Maple Nimbus Osprey Pine Quarry River Summit Tundra'
const trades =
  'Air,Bank,Cables,Dairy,Energy,Foods,Glass,Homes,Industries,Junction,Kilns,Logistics,Motors,Networks,Optics'

/** 300 of them: every place with every trade, the trades of one place side by side. */
export const listings: readonly Listing[] = places.split(' ').flatMap((place) =>
  trades.split(',').map((trade) => ({
    symbol: `${place.slice(0, 2)}${trade.charAt(0)}`.toUpperCase(),
    name: `${place} ${trade}`,
  })),
)

export const symbols: readonly string[] = listings.map(({ symbol }) => symbol)
