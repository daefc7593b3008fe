/** Well-formed, and nothing that a node says or acts upon. Of the channels of rooms. */
const liveShapes = [
  '[]',
  'null',
  'e{"epoch":"a","offset":1}',
  'eAAAAAAAAAAA 2 BBBBBBBBBBB - 1767225600000 t 1\n{"key":"k"}\n1',
  'eAAAAAAAAAAA 2 BBBBBBBBBBB - 1767225600000 t 1\n["k",7,"said"]\n1',
  'eAAAAAAAAAAA -2 BBBBBBBBBBB - 1767225600000 t 1\n["k",null,"said"]\n1',
  'eAAAAAAAAAAA 2 BBBBBBBBBBB - 1767225600000 t 2\n["k",null,"said"]\n1',
  'sAAAAAAAAAAA 2 BBBBBBBBBBB\n{"name":"score"}\nt1',
  'sAAAAAAAAAAA 2 BBBBBBBBBBB\n["score","a"]\nr1',
  'n- AAAAAAAAAAA\n+["ada","m","o","{}"]',
  'n- AAAAAAAAAAA\n-{"userId":"ada"}',
]

/** Each of these would make a frame that no client can read. */
const emptyEvent = JSON.stringify({ node: 'x', name: 'typing', at: 1, from: null })
const timelessEvent = '{"node":"x","name":"typing","at":1e999,"from":null}'

const busShapes = [
  `bnode t ${emptyEvent.length}\n${emptyEvent}`,
  `bnode t ${timelessEvent.length}\n${timelessEvent}{"count":1}`,
  'b',
  'bnode t 9\n{}',
  'bnode x 2\n{}',
  'bnode t 2\n{}{',
  'bno de t 2\n{}',
  '{"head":"{}"}',
  '[1]',
]

const adapterShapes = [
  '{"type":7,"uid":"x","requestId":"y","opts":{"rooms":[],"except":[]},"packet":{"type":2,"nsp":"x","data":["a"]}}',
  '{"type":77}',
  '{"type":2,"opts":{"rooms":[],"except":[]}}',
  '{"type":5,"opts":{"rooms":[],"except":[]}}',
  '{"type":6,"data":{"length":4000000000}}',
  '{"requestId":"x","sockets":[null]}',
]

/** Of one stream: an entry's text is a line that Lua reads, a line of JSON, the payload. */
export const streamShapes = [
  '',
  '{}',
  'AAAAAAAAAAA 2 BBBBBBBBBBB - 1767225600000 t 1\n["k",null,"said"]\n{}',
  'AAAAAAAAAAA 2 BBBBBBBBBBB - 1767225600000 t 2\n["k",null]\n{}',
  'AAAAAAAAAAA 2 BBBBBBBBBBB - 1767225600000 t 2\n["k",null,"said"]\n{]',
]

export function wrongShapesOf(channel: string): readonly string[] {
  if (channel.includes(':socket.io')) return adapterShapes
  return channel.endsWith(':live') ? liveShapes : busShapes
}
