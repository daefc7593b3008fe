/** More than any room holds and, as a time in ms, than any room lives; Redis adds the time of day to it. */
const most = 1e13

/** A limit as Lua reads it; Infinity has no digits. */
export function finite(value: number): string {
  return String(Math.min(most, Math.max(0, Math.floor(value))))
}
