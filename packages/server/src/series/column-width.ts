/**
 * The least multiple of `multipleMs` of which `widthPx` columns cover the span, ms.
 *
 * @param multipleMs Whole, at least 1.
 */
export function columnWidth(spanMs: number, widthPx: number, multipleMs: number): number {
  // Beyond it numbers are not exact; one such column holds every time that a Date can.
  return Math.min(Number.MAX_SAFE_INTEGER, multipleMs * Math.max(1, Math.ceil(spanMs / (widthPx * multipleMs))))
}

/** The beginning of the column that holds `at`. */
export function columnOf(at: number, columnMs: number): number {
  return Math.floor(at / columnMs) * columnMs
}
