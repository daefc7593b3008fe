/** One sentence that says what to do. */
export function refusal(label: string, reason: string): string {
  return `${label} cannot be used (${reason}); check the address, the user's rights and that it runs`
}
