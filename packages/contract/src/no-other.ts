/** Refuses members of `T` that `Known` lacks: a type parameter alone lets a misspelt member pass. */
export type NoOther<T, Known> = { readonly [K in Exclude<keyof T, keyof Known>]: never }
