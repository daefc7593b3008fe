import fc from 'fast-check'
import { launch, newPond } from '../game/crew.ts'
import type { Boat, Input, Pond } from '../game/pond.ts'
import type { Inputs } from '../game/step.ts'

/** A pond with these people. */
export function pondOf(...ids: readonly string[]): Pond {
  return ids.reduce((pond, id) => launch(pond, { id, name: id, hue: 10 }), newPond(3))
}

export function boatOf({ boats }: Pick<Pond, 'boats'>, id: string): Boat {
  const boat = boats.find((one) => one.id === id)
  if (!boat) throw new Error(`there is no boat ${id}`)
  return boat
}

/** The pond with another state of one boat. */
export function withBoat(pond: Pond, id: string, change: Partial<Boat>): Pond {
  return { ...pond, boats: pond.boats.map((boat) => (boat.id === id ? { ...boat, ...change } : boat)) }
}

export function inputsOf(id: string, ...inputs: readonly Input[]): Inputs {
  return new Map([[id, inputs]])
}

/** Any number that JavaScript has, often one that a helm takes. */
const anyNumber = fc.oneof({ weight: 3, arbitrary: fc.double({ min: -1, max: 1, noNaN: true }) }, fc.double())

/** What one tick of three players may be, sensible or not. */
export const anyInputs = fc
  .array(
    fc.tuple(
      fc.constantFrom('ada', 'bob', 'eve'),
      fc.array(fc.tuple(fc.integer(), anyNumber, anyNumber), { maxLength: 5 }),
    ),
    {
      maxLength: 3,
    },
  )
  .map(
    (players): Inputs =>
      new Map(players.map(([id, list]) => [id, list.map(([seq, turn, thrust]) => ({ seq, turn, thrust }))])),
  )
