import { readFileSync } from 'node:fs'
import { hueOf } from '@millrace/app-design/hue-of'
import { expect, it, vi } from 'vitest'
import { PageUser } from '../contract.ts'
import { colourOf, pageUser } from '../page-user.ts'
import { startPlan } from './start-collab.ts'

const users = Array.from({ length: 200 }, (_, index) => `user-${index}`)

/** WCAG 2.2, relative luminance of `#rrggbb`. */
function luminance(hex: string): number {
  const parts = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
  const [red = 0, green = 0, blue = 0] = parts.map((part) =>
    part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4,
  )
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

it('[COL29] a colour can be read on and seen, and is one for each hue of the avatars', () => {
  const tokens = readFileSync(new URL('../../design/src/style/tokens.css', import.meta.url), 'utf8')
  const surfaces = ['page', 'surface'].flatMap((name) => {
    const found = new RegExp(`--mr-${name}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`).exec(tokens)
    return [found?.[1] ?? '', found?.[2] ?? '']
  })
  const byHue = new Map(users.map((id) => [hueOf(id), colourOf(id)]))
  expect(new Set(byHue.values()).size).toBe(8)
  for (const id of users) expect(colourOf(id)).toBe(byHue.get(hueOf(id)))
  for (const colour of byHue.values()) {
    expect(contrast(colour, '#ffffff')).toBeGreaterThanOrEqual(4.5)
    for (const surface of surfaces) expect(contrast(colour, surface)).toBeGreaterThanOrEqual(3)
  }
  for (const id of users) expect(PageUser.safeParse(pageUser({ id, name: id })).success).toBe(true)
})

it('[COL29] others see the name that the server knows, whatever a page says of itself', async () => {
  const { ada, bob } = await startPlan()
  const [hers, his] = [ada.page('plan'), bob.page('plan')]
  hers.provider.awareness.setLocalState({ user: { id: 'bob', name: 'Bob, honestly', color: '#000000' }, cursor: null })
  const seen = () => his.provider.awareness.getStates().get(hers.provider.doc.clientID)
  await vi.waitFor(() => expect(seen()).toMatchObject({ cursor: null }), 5_000)
  expect(seen()?.user).toEqual(pageUser({ id: 'ada', name: 'ada' }))
})
