/** Whether this machine's numbers are not as those of the wire, which are little-endian. */
export const swapsBytes = new Uint8Array(Uint16Array.of(1).buffer)[0] !== 1
