import type { Unreadable } from '../config/csv-table.ts'
import { PortreaError } from '../errors.ts'
import { flatItem, isObject } from './flat-item.ts'
import { featureRow, isFeature } from './geojson.ts'
import { jsonItems } from './json-items.ts'
import type { RawRow, RawRows } from './raw-row.ts'
import { lineCounter } from './raw-row.ts'

/** The keys under which lists stand in files that are no list themselves. */
const USUAL: readonly string[] = [
  ...['features', 'data', 'elements', 'items', 'records', 'results', 'rows', 'lieux', 'structures'],
]

/** The records of a JSON text: a list of them, a list under a key, or a GeoJSON collection. */
export function jsonRows(chunks: () => AsyncIterable<string>, path: string, key?: string): RawRows {
  const [pointless, elsewhere] = [lineCounter(), lineCounter()]
  const kinds = new Set<string>()
  async function* rows(): AsyncGenerator<RawRow | Unreadable> {
    for await (const found of jsonItems(chunks(), key === undefined ? isUsual : (one) => one === key)) {
      if ('noList' in found) throw noList(path, key)
      if ('reason' in found) yield found
      else if (!isObject(found.value))
        yield { line: found.line, reason: 'Cet élément du tableau n’est pas une fiche.' }
      else if (isFeature(found.value)) {
        const { row, why } = featureRow(found.value, found.line)
        if (why === 'degrees') elsewhere.add(found.line)
        else if (why !== null) {
          pointless.add(found.line)
          kinds.add(why)
        }
        yield row
      } else yield { line: found.line, ...flatItem(found.value) }
    }
  }
  const notes = () => [
    ...(pointless.count() === 0
      ? []
      : [`Éléments sans point (${[...kinds].join(', ')}), lus sans coordonnées : ${pointless.text()}.`]),
    ...(elsewhere.count() === 0
      ? []
      : [
          `Coordonnées qui ne sont pas des degrés (WGS 84), laissées de côté : ${elsewhere.text()}. Exportez la liste en WGS 84 (EPSG:4326).`,
        ]),
  ]
  return { rows: rows(), notes }
}

function isUsual(key: string): boolean {
  return USUAL.includes(key)
}

function noList(path: string, key: string | undefined): PortreaError {
  const what =
    key === undefined
      ? `un tableau de fiches, [{ … }, …], ou un objet qui le tient sous l’une de ces clés : ${USUAL.join(', ')}`
      : `un tableau de fiches sous la clé « ${key} »`
  return new PortreaError('INPUT_INVALID', `${path} n’a pas de liste ; il faut ${what}.`)
}
