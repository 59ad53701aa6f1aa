import { counted, typeset } from '../domain/typography.ts'
import { severalWay } from '../domain/adoption/mapped/by-hand.ts'
import { askColumn, freeFor, leftFor, NEEDED, taken } from './adopt-columns.ts'
import type { Titled } from './adopt-columns.ts'
import type { Ask, Asked } from './adopt-ask.ts'
import { shownTitle } from './shown-title.ts'

/** Tables in which what was not found may be pointed out. */
const POINTED: ReadonlySet<string> = new Set([NEEDED, 'epcis'])

/** A field that no column was found for, or a column that no field has. */
type Missing = { readonly table: Titled; readonly key: string }
type Left = { readonly table: Titled; readonly title: string }

/**
 * What no column was found for in these tables may be pointed out, all in one line: « 3=41 5=43+44 »; the number of a
 * field alone opens its own question; an empty line says that there is nothing more.
 */
export async function askMissing(
  ask: Ask,
  tables: readonly Titled[],
  agreed: Map<string, string>,
  asked: Asked,
): Promise<void> {
  const among = tables.filter(({ key }) => POINTED.has(key))
  for (let said = ''; ;) {
    const left = among.flatMap((table) => leftIn(table, agreed, asked))
    const missing = left.length === 0 ? [] : among.flatMap((table) => missingIn(table, agreed, asked))
    if (missing.length === 0) return
    const answer = await ask(`${said}${questionOf(missing, left, asked)}`)
    if (answer === '') return
    const one = missing[Number(answer) - 1]
    if (one !== undefined) {
      const { table, key } = one
      const nothing = { key, title: null, score: 0, evidence: [], contested: false, candidates: [] }
      taken(table.key, key, await askColumn(ask, table, nothing, agreed, asked), agreed, asked)
      said = ''
      continue
    }
    const pairs = pairsOf(answer, missing, left, asked)
    if (typeof pairs === 'string') {
      said = `${pairs}\n`
      continue
    }
    for (const { field, titles } of pairs) taken(field.table.key, field.key, titles, agreed, asked)
    return
  }
}

function missingIn(table: Titled, agreed: ReadonlyMap<string, string>, asked: Asked): Missing[] {
  const put = new Set(table.mapped.flatMap((one) => (asked.settled.get(one) === false ? [] : [one.key])))
  return table.columns.flatMap(({ key }) => {
    const isFree = freeFor(table, key, agreed, asked)
    const isMissing =
      !agreed.has(`${table.key}.${key}`) && !put.has(key) && leftFor(table, key, asked).some(isFree)
    return isMissing ? [{ table, key }] : []
  })
}

/** Every column that nothing was taken from. */
function leftIn(table: Titled, agreed: ReadonlyMap<string, string>, { together, settled }: Asked): Left[] {
  const titles = [...agreed].flatMap(([place, title]) =>
    place.startsWith(`${table.key}.`) ? (together.get(place) ?? [title]) : [],
  )
  const gone = new Set(titles)
  const proposed = table.columns.flatMap(({ title }) => title ?? [])
  const refused = table.mapped.flatMap((one) =>
    settled.get(one) === false && one.from !== null && 'each' in one.from ? Object.keys(one.from.each) : [],
  )
  const free = [...new Set([...table.unused, ...proposed, ...refused])].filter((title) => !gone.has(title))
  return free.map((title) => ({ table, title }))
}

function questionOf(missing: readonly Missing[], left: readonly Left[], { nameOf }: Asked): string {
  const tables = [...new Set(missing.map(({ table }) => table))]
  const lines = tables.flatMap((table) => {
    const fields = missing.flatMap((one, at) =>
      one.table === table ? [`${at + 1}. ${nameOf(`${table.key}.${one.key}`)}`] : [],
    )
    const columns = left.flatMap((one, at) =>
      one.table === table ? [`${missing.length + at + 1}. « ${shownTitle(one.title)} »`] : [],
    )
    return [
      `Table « ${shownTitle(table.title)} », sans colonne chez vous : ${fields.join(' ; ')}.`,
      `  ${counted(columns.length, 'colonne à vous', 'colonnes à vous')}, dont rien n'est lu : ${columns.join(' ; ')}.`,
    ]
  })
  const [field, column] = [1, missing.length + 1]
  return typeset(
    `${lines.join('\n')}\nPour dire ce qu'elles sont, tout sur une ligne : « ${field}=${column} » (« ${field}=${column}+${column + 1} » : plusieurs, lues dans cet ordre) ; « ${field} » pour voir des valeurs ; Entrée pour continuer : `,
  )
}

type Pair = { readonly field: Missing; readonly titles: readonly string[] }

/** What was pointed out; a sentence where something of it cannot be. */
function pairsOf(
  answer: string,
  missing: readonly Missing[],
  left: readonly Left[],
  asked: Asked,
): Pair[] | string {
  const pairs: Pair[] = []
  for (const said of answer.replaceAll(/\s*([=+])\s*/gu, '$1').split(/[\s,;]+/u)) {
    const [, field, columns] = /^(\d+)=(\d+(?:\+\d+)*)$/u.exec(said) ?? []
    const one = missing[Number(field) - 1]
    if (one === undefined || columns === undefined) return typeset(`« ${said} » n'est pas une réponse.`)
    const chosen = columns.split('+').map((number) => left[Number(number) - missing.length - 1])
    const fits = leftFor(one.table, one.key, asked)
    const name = asked.nameOf(`${one.table.key}.${one.key}`)
    const wrong = chosen.find((each) => each?.table !== one.table || !fits.includes(each.title))
    if (wrong !== undefined || chosen.includes(undefined))
      return typeset(
        `« ${said} » : cette colonne ne peut pas être « ${name} », par sa table ou par son type.`,
      )
    if (chosen.length > 1 && (one.table.key !== NEEDED || severalWay(one.key) === null))
      return typeset(`« ${said} » : « ${name} » se lit dans une seule colonne.`)
    pairs.push({ field: one, titles: chosen.flatMap((each) => each?.title ?? []) })
  }
  return pairs
}
