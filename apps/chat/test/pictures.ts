const decode = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(text, 'base64'))

/** Whole files of one pixel. */
export const onePixel = {
  png: decode('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=='),
  gif: decode('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7'),
  webp: decode('UklGRiQAAABXRUJQVlA4IBgAAAAwAQCdASoBAAEAAwA0JaQAA3AA/vuUAAA='),
  jpeg: decode(
    '/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA=',
  ),
}

/** The head of a PNG of that size: what says how large it is. */
export function pngOf(width: number, height: number): Uint8Array<ArrayBuffer> {
  const file = onePixel.png.slice()
  const view = new DataView(file.buffer)
  view.setUint32(16, width)
  view.setUint32(20, height)
  return file
}

/** A JPEG of that size that is shown turned: EXIF orientation 6. */
export function turnedJpeg(width: number, height: number): Uint8Array<ArrayBuffer> {
  const exif = Buffer.from('ffd8ffe10022457869660000' + '4d4d002a00000008000101120003000000010006000000000000', 'hex')
  const file = Buffer.concat([exif, onePixel.jpeg.subarray(2)])
  const frame = file.indexOf(Buffer.from('ffc2', 'hex'))
  file.writeUInt16BE(height, frame + 5)
  file.writeUInt16BE(width, frame + 7)
  return new Uint8Array(file)
}
