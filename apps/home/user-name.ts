import { z } from 'zod'

/** Line breaks, other control characters, and those that would turn the text around the name. */
const troublesome = /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u
/** Letters, digits, punctuation, emoji: a name of spaces of no width alone could not be seen. */
const visible = /[\p{L}\p{N}\p{P}\p{S}]/u

/** What people call themselves. Two may have the same name. The messages of its errors are sentences for people. */
export const UserName = z
  .string('a name is text; write one')
  .trim()
  .min(1, 'a name has 1 to 40 characters; write one')
  .max(40, 'a name has 1 to 40 characters; choose a shorter one')
  .refine((name) => !troublesome.test(name), 'a name stands on one line, without control characters; choose another')
  .refine((name) => visible.test(name), 'a name has a character that can be seen; choose another')
  .refine((name) => !/[<>]/.test(name), 'a name has no < and no >; choose another')
