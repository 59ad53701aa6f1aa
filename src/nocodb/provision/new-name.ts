/** The name that the database will know a table or column by: plain letters, from its title, none that is `taken` (it is added). */
export function newName(title: string, taken: Set<string>): string {
  const plain = title.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
  const stem = plain.replaceAll(/[^a-z0-9]+/g, '_').replaceAll(/^_+|_+$/g, '') || 'colonne'
  let name = stem
  for (let number = 2; taken.has(name); number += 1) name = `${stem}_${number}`
  taken.add(name)
  return name
}
