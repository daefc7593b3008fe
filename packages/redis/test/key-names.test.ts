import { describe, expect, it } from 'vitest'
import { KeyNames } from '../src/key-names.ts'

const names = new KeyNames('app')

/** What a Redis Cluster hashes of a key: https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/ */
function hashTag(key: string): string {
  return /\{([^}]+)\}/.exec(key)?.[1] ?? key
}

describe('key names', () => {
  it('[RDS1] give everything of a room one hash tag', () => {
    for (const room of ['lobby', '/chat conversation {"conversationId":"1"}', '', '}', '{}', '{a}b}']) {
      const keys = [...names.log(room), ...names.state(room), names.live(room), names.appendKey(room, 'k')]
      expect([room, new Set(keys.map(hashTag)).size]).toEqual([room, 1])
    }
  })

  it('[RDS1] tell rooms apart', () => {
    const rooms = ['a', 'a}:log', 'a}:log{', '', '{', '}', '1:a']
    const keys = rooms.flatMap((room) => [...names.log(room), names.live(room)])
    expect(new Set(keys).size).toBe(keys.length)
  })
})
