import type { SeededRandom } from '../seeded-random.ts'

const pieces = [
  [0xc0],
  [0x90],
  [0x80],
  [0xdd, 1, 255, 255, 255],
  [0xc9, 255, 255, 255, 255, 0],
  [0x7b],
  [0x7d],
  [0x22, 0x5b],
]

/** Bytes of any length up to 64. */
export function anyBytes(random: SeededRandom): Buffer {
  return Buffer.from(Array.from({ length: random.integer(64) }, () => random.integer(256)))
}

/** A message with one to three small harms. */
export function mutate(random: SeededRandom, message: Buffer): Buffer {
  let bytes = [...message]
  for (let harms = 1 + random.integer(3); harms > 0; harms--) {
    const at = random.integer(bytes.length + 1)
    switch (random.integer(5)) {
      case 0:
        bytes[at] = random.integer(256)
        break
      case 1:
        bytes.splice(at, 1 + random.integer(4))
        break
      case 2:
        bytes.splice(at, 0, ...random.pick(pieces))
        break
      case 3:
        bytes.splice(at, 0, ...bytes.slice(at, at + random.integer(20)))
        break
      default:
        bytes = bytes.slice(0, at)
    }
  }
  return Buffer.from(bytes)
}
