/** Bytes of `text` as JSON in UTF-8, its quotes included, without making it. As `JSON.stringify` writes it (ECMA-262 25.5.2). */
export function jsonBytes(text: string): number {
  let bytes = text.length + 2
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    if (unit < 0x80) {
      if (unit < 0x20) bytes += isShortEscape(unit) ? 1 : 5
      else if (unit === 0x22 || unit === 0x5c) bytes += 1
    } else if (unit < 0x800) bytes += 1
    else if (unit < 0xd800 || unit > 0xdfff) bytes += 2
    else if (unit < 0xdc00 && isLowSurrogate(text.charCodeAt(index + 1))) {
      bytes += 2
      index++
    } else bytes += 5 // a lone surrogate is escaped: \ud800
  }
  return bytes
}

/** \b \t \n \f \r; other control characters take six bytes, \u0000. */
function isShortEscape(unit: number): boolean {
  return unit >= 8 && unit <= 13 && unit !== 11
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff
}
