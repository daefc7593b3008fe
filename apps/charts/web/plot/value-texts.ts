const whole = new Intl.NumberFormat(undefined, { maximumFractionDigits: 0 })
const one = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 })
const two = new Intl.NumberFormat(undefined, { minimumFractionDigits: 2, maximumFractionDigits: 2 })
const signed = new Intl.NumberFormat(undefined, {
  style: 'percent',
  signDisplay: 'exceptZero',
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
})
const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const

export function countText(value: number): string {
  return value < 10 ? one.format(value) : whole.format(value)
}

/** @param share 1 is 100 %. */
export function percentText(share: number): string {
  return `${share < 0.1 ? one.format(share * 100) : whole.format(share * 100)} %`
}

/** With its sign: how much a price rose. */
export function changeText(change: number): string {
  return signed.format(change)
}

export function priceText(price: number): string {
  return two.format(price)
}

export function msText(ms: number): string {
  return `${ms < 10 ? one.format(ms) : whole.format(ms)} ms`
}

/** In units of 1,000. */
export function bytesText(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3))
  const value = bytes / 1_000 ** power
  return `${value < 10 && power > 0 ? one.format(value) : whole.format(value)} ${units[power]}`
}

export function byteRateText(bytes: number): string {
  return `${bytesText(bytes)}/s`
}

/** Short, also for a value axis: `1.5k/s`. */
export function rateText(value: number): string {
  if (value >= 10_000) return `${one.format(value / 1_000)}k/s`
  return `${(value < 100 ? one : whole).format(value)}/s`
}
