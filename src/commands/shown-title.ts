import type { Columns } from '../config/columns-file.ts'

/** What Portrea calls a table (`actors`) or a column (`actors.nom`): the title that config/columns.yaml gives it. */
export type NameOf = (key: string) => string

/** The names of config/columns.yaml; those that it does not have stay keys. */
export function namesIn(columns: Omit<Columns, 'otherActors'>): NameOf {
  const tables: Readonly<
    Record<string, { readonly title: string; readonly columns: Readonly<Record<string, { title: string }>> }>
  > = columns
  return (key) => {
    const [table = '', column] = key.split('.')
    const found = tables[table]
    return (column === undefined ? found?.title : found?.columns[column]?.title) ?? key
  }
}

/** A title of theirs on one line, with the spaces at its ends to be seen: « Nom␣ » is another than « Nom ». */
export function shownTitle(title: string): string {
  const line = title.replaceAll(/\r?\n/gu, '⏎').replaceAll('\t', '⇥')
  const bare = line.trim()
  const at = line.indexOf(bare)
  const seen = (spaces: string) => '␣'.repeat(spaces.length)
  return `${seen(line.slice(0, at))}${bare}${seen(line.slice(at + bare.length))}`
}
