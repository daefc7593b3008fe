export interface DemoRow {
  readonly id: string
  readonly n: number
  readonly author: string
  readonly at: number
  readonly text: string
  readonly isOwn: boolean
}

const authors = ['Ada Lovelace', 'Grace Hopper', 'Alan Turing', 'Katherine Johnson']
const words = 'the water that turns the wheel comes down the race and leaves by the tail once and in order'.split(' ')
const begin = Date.UTC(2026, 0, 5, 9)

/** From 1 to some 120 words, the same for each n. */
export function makeRow(n: number, isOwn = false): DemoRow {
  const count = 1 + (Math.abs(Math.imul(n, 2_654_435_761)) % (n % 7 === 0 ? 120 : 24))
  const text = Array.from({ length: count }, (_, index) => words[(index + Math.abs(n)) % words.length]).join(' ')
  const author = isOwn ? 'You' : (authors[Math.abs(Math.imul(n, 40_503) >> 3) % authors.length] ?? '')
  return { id: `m${n}`, n, author, at: begin + n * 60_000, text: `${n}: ${text}`, isOwn }
}

export function makeRows(from: number, to: number): readonly DemoRow[] {
  return Array.from({ length: to - from + 1 }, (_, index) => makeRow(from + index))
}
