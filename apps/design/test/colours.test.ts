import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const tokens = readFileSync(new URL('../src/style/tokens.css', import.meta.url), 'utf8')

/** `#rrggbb` of a token by day or by night. */
function colour(name: string, theme: 'light' | 'dark'): string {
  const found = new RegExp(`--mr-${name}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`).exec(tokens)
  const value = found?.[theme === 'light' ? 1 : 2]
  if (value === undefined) throw new Error(`no token ${name}`)
  return value
}

/** WCAG 2.2, relative luminance. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

const surfaces = ['page', 'sunken', 'surface', 'raised']
const texts = ['text', 'muted', 'accent-text', 'mention-text', 'good-text', 'warn-text', 'bad-text']
const pairs = [
  ['on-accent', 'accent'],
  ['on-accent', 'accent-hover'],
  ['on-mention', 'mention'],
  ['on-bad', 'bad'],
  ['text', 'accent-soft'],
  ['muted', 'accent-soft'],
  ...['accent', 'mention', 'good', 'warn', 'bad'].map((tone) => [`${tone}-text`, `${tone}-soft`] as const),
] as const

describe.each(['light', 'dark'] as const)('%s', (theme) => {
  it('[DSG1] text can be read', () => {
    const used = [...surfaces.flatMap((surface) => texts.map((text) => [text, surface] as const)), ...pairs]
    const weak = used
      .map(([text, back]) => ({ text, back, ratio: contrast(colour(text, theme), colour(back, theme)) }))
      .filter(({ ratio }) => ratio < 4.5)
    expect(weak).toEqual([])
  })

  it('[DSG1] borders of inputs and marks of focus can be seen', () => {
    const weak = surfaces.flatMap((surface) =>
      ['line-strong', 'focus', 'bad']
        .map((line) => ({ line, surface, ratio: contrast(colour(line, theme), colour(surface, theme)) }))
        .filter(({ ratio }) => ratio < 3),
    )
    expect(weak).toEqual([])
  })
})

it('[DSG1] black on white is 21 to 1', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5)
})
