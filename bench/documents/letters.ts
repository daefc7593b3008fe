const sentence = 'The mill race runs under the wheel whether it turns or not. '

/** A letter of English, over and over. */
export function letterAt(index: number): string {
  return sentence[index % sentence.length] ?? ' '
}
