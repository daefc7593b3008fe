export interface CodePart {
  readonly kind: 'comment' | 'text' | 'word' | 'plain'
  readonly code: string
}

const tokens =
  /(?<comment>\/\/.*)|(?<text>'[^']*'|`[^`]*`)|\b(?<word>import|from|export|const|await|async|return|typeof|true|false)\b/g

/** TypeScript, cut where its colour changes. The parts joined are the code. */
export function highlight(code: string): readonly CodePart[] {
  const parts: CodePart[] = []
  let end = 0
  const plain = (to: number) => {
    if (to > end) parts.push({ kind: 'plain', code: code.slice(end, to) })
  }
  for (const { 0: found, index, groups = {} } of code.matchAll(tokens)) {
    plain(index)
    parts.push({ kind: groups.comment ? 'comment' : groups.text ? 'text' : 'word', code: found })
    end = index + found.length
  }
  plain(code.length)
  return parts
}
