import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { boatRadius, pondSize } from '../game/world.ts'
import { cameraOf, sightOf } from '../web/draw/camera.ts'
import { gamepadHelm } from '../web/play/gamepad-helm.ts'
import { stickHelm } from '../web/play/helm-stick.ts'

const stick = (x: number, y: number) => ({ from: { x: 100, y: 100 }, to: { x: 100 + x, y: 100 + y } })

describe('a finger on the water', () => {
  it('[ARN54] turns the boat to where it points, the short way round, and goes as fast as it is far', () => {
    expect(stickHelm(stick(3, 3), 0)).toEqual({ turn: 0, thrust: 0 })
    expect(stickHelm(stick(28, 0), 0)).toEqual({ turn: 0, thrust: 0.5 })
    expect(stickHelm(stick(500, 0), 0).thrust).toBe(1)
    expect(stickHelm(stick(0, 60), 0).turn).toBe(1)
    expect(stickHelm(stick(-60, -6), 3).turn).toBeGreaterThan(0)
    expect(stickHelm(stick(-60, 0), 0).thrust).toBeLessThan(0.5)
  })
})

describe('a gamepad', () => {
  const pad = (
    axes: readonly number[],
    triggers: readonly [back: number, ahead: number] = [0, 0],
    mapping = 'standard',
  ) => {
    const buttons = Array.from({ length: 17 }, (_, index) => ({
      value: index === 6 ? triggers[0] : index === 7 ? triggers[1] : 0,
    }))
    return { axes, buttons, mapping } as unknown as Gamepad
  }

  it('[ARN54] steers with its left stick and its triggers, once they are moved', () => {
    expect(gamepadHelm([null, pad([0.1, -0.1])])).toBeUndefined()
    expect(gamepadHelm([pad([1, 1], [0, 0], '')])).toBeUndefined()
    expect(gamepadHelm([pad([-0.8, -0.5])])).toEqual({ turn: -0.8, thrust: 0.5 })
    expect(gamepadHelm([pad([0, 0]), pad([0, 0], [0, 0.9])])).toEqual({ turn: 0, thrust: 0.9 })
    expect(gamepadHelm([pad([0.05, 0], [1, 0])])).toEqual({ turn: 0, thrust: -1 })
  })
})

describe('the camera', () => {
  const size = fc.integer({ min: 200, max: 4_000 })
  const focus = fc.record({ x: fc.integer({ min: 20, max: 1_580 }), y: fc.integer({ min: 20, max: 980 }) })

  it('[ARN58] shows the whole pond where it fits, and the boat in any case, no smaller than 11 px', () => {
    fc.assert(
      fc.property(size, size, focus, (width, height, at) => {
        const { scale, x, y } = cameraOf(width, height, at)
        expect(scale * boatRadius).toBeGreaterThan(11)
        const [left, top] = [x + at.x * scale, y + at.y * scale]
        expect(left >= 0 && left <= width && top >= 0 && top <= height).toBe(true)
        if (width >= pondSize.width + 48 && height >= pondSize.height + 48) {
          expect(Math.min(x, y)).toBeGreaterThanOrEqual(0)
          expect(x + pondSize.width * scale).toBeLessThanOrEqual(width)
          expect(y + pondSize.height * scale).toBeLessThanOrEqual(height)
        }
      }),
    )
  })

  it('[ARN58] never shows what no backdrop was drawn for', () => {
    fc.assert(
      fc.property(size, size, focus, (width, height, at) => {
        const { scale, x, y } = cameraOf(width, height, at)
        const sight = sightOf(width, height)
        const close = 0.01
        expect(-x / scale).toBeGreaterThanOrEqual(sight.left - close)
        expect(-y / scale).toBeGreaterThanOrEqual(sight.top - close)
        expect((width - x) / scale).toBeLessThanOrEqual(sight.right + close)
        expect((height - y) / scale).toBeLessThanOrEqual(sight.bottom + close)
      }),
    )
  })
})
