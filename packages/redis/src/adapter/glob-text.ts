/** Text as a part of a pattern of Redis that matches just this text. */
export function globText(text: string): string {
  return text.replaceAll(/[\\[\]*?]/g, '\\$&')
}
