/** Strings and templates are kept whole; in a comment, only line ends survive, so that line numbers stay right. */
const token =
  /(?<kept>'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\[\s\S]|[^`\\])*`|(?<=[=(,:[!&|?{};]\s*)\/(?![/*])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/)|(?<comment>\/\/[^\n]*|\/\*[\s\S]*?\*\/)/g

/** Source without its comments. A token scan, not a parser: a regular expression counts as one only after an operator. */
export function stripComments(source: string): string {
  return source.replace(token, (match: string, ...rest: unknown[]) => {
    const groups = rest.at(-1) as { kept?: string }
    return groups.kept ?? match.replace(/[^\n]/g, ' ')
  })
}
