export const people = [
  { id: 'u1', name: 'Ada Lovelace' },
  { id: 'u2', name: 'Grace Hopper' },
  { id: 'u3', name: 'Alan Turing' },
  { id: 'u4', name: 'Katherine Johnson' },
  { id: 'u5', name: 'Edsger Dijkstra' },
  { id: 'u6', name: 'Barbara Liskov' },
  { id: 'u7', name: 'محمد بن موسى' },
  { id: 'u8', name: 'Radia' },
] as const
