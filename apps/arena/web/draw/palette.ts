/** Colours of the pond by day and by night. */
export interface Palette {
  readonly land: string
  readonly landEdge: string
  readonly reed: string
  readonly tree: string
  readonly treeTop: string
  readonly shallow: string
  readonly deep: string
  readonly foam: string
  readonly stone: string
  readonly stoneEdge: string
  readonly roof: string
  readonly roofEdge: string
  readonly wood: string
  readonly woodEdge: string
  readonly sack: string
  readonly sackEdge: string
  readonly gold: string
  readonly goldEdge: string
  readonly shadow: string
  readonly label: string
  readonly labelEdge: string
  readonly own: string
}

export const day: Palette = {
  land: '#dfe5c6',
  landEdge: '#b9c796',
  reed: '#8aa565',
  tree: '#a3ba7c',
  treeTop: '#b4c98e',
  shallow: '#8fcdc4',
  deep: '#4fa39f',
  foam: 'rgb(255 255 255 / 38%)',
  stone: '#cfc8b8',
  stoneEdge: '#9d9582',
  roof: '#a4572f',
  roofEdge: '#7d3f20',
  wood: '#b98a56',
  woodEdge: '#8a6338',
  sack: '#f4e3bd',
  sackEdge: '#b89558',
  gold: '#ffcf3f',
  goldEdge: '#b27a00',
  shadow: 'rgb(20 60 60 / 24%)',
  label: '#10302d',
  labelEdge: 'rgb(255 255 255 / 82%)',
  own: '#ffffff',
}

export const night: Palette = {
  land: '#141d18',
  landEdge: '#22322a',
  reed: '#2f4a37',
  tree: '#1b2b22',
  treeTop: '#21352a',
  shallow: '#1c4a4c',
  deep: '#0c2a30',
  foam: 'rgb(170 230 225 / 20%)',
  stone: '#4a4d4a',
  stoneEdge: '#303432',
  roof: '#7c4023',
  roofEdge: '#572b16',
  wood: '#6d5233',
  woodEdge: '#49361f',
  sack: '#d9c594',
  sackEdge: '#7d6636',
  gold: '#ffd257',
  goldEdge: '#a87400',
  shadow: 'rgb(0 0 0 / 38%)',
  label: '#eaf5f1',
  labelEdge: 'rgb(6 20 22 / 82%)',
  own: '#d8fff3',
}

/** A boat's own colour is as light by night as by day: it tells players apart. */
export function hullColour(hue: number): { readonly fill: string; readonly edge: string } {
  return { fill: `hsl(${hue} 68% 55%)`, edge: `hsl(${hue} 62% 30%)` }
}

/** Whether the page is dark now, by its own switch or by the system's. */
export function isDark(system: MediaQueryList): boolean {
  const { theme } = document.documentElement.dataset
  return theme === undefined ? system.matches : theme === 'dark'
}
