import { readFile } from 'node:fs/promises'

/**
 * The statements of an SQL file, for `openDatabase`. Each ends with `;` at the end of a line.
 *
 * @param values Numbers for what the file names `:name`.
 */
export async function readStatements(file: string | URL, values: Readonly<Record<string, number>> = {}) {
  const text = (await readFile(file, 'utf8')).trim()
  const withValues = text.replaceAll(/(?<=[\s(]):(\w+)\b/g, (name, key: string) => String(values[key] ?? name))
  return withValues.split(/(?<=;)\n/)
}
