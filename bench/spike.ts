/** Far from every other value of a chart. */
export const spike = 1_000
