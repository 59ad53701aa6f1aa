import type { FieldName } from '../../../src/domain/fields.ts'
import type { SourceRecord } from '../../../src/domain/import/source-record.ts'
import type { Unreadable } from '../../../src/config/csv-table.ts'
import type { ImportSource } from '../../../src/engine/import/run-import.ts'
import type { Double } from '../../helpers/nocodb-double/double.ts'
import type { Values } from '../../helpers/nocodb-double/store.ts'
import { actorOf } from '../../domain/completeness/records.ts'

/** What a source says of a place, by its key there. */
export type Says = Partial<Record<FieldName, string | null>>

/** A list kept by somebody, as it is read once: a text is why a row could not be read, an error is where the reading breaks off. */
export function sourceOf(
  places: Readonly<Record<string, Says | string>>,
  { name = 'reseau', end }: { readonly name?: string; readonly end?: Error } = {},
): ImportSource {
  async function* records(): AsyncGenerator<SourceRecord | Unreadable> {
    for (const [at, [key, says]] of Object.entries(places).entries())
      yield typeof says === 'string'
        ? { line: at + 2, reason: says }
        : { key, line: at + 2, actor: actorOf(says, { id: key }) }
    if (end !== undefined) throw end
  }
  return { name, title: 'Réseau des lieux', records: records() }
}

/** The rows of « Propositions », without what is only for the service. */
export function proposals(double: Double): Values[] {
  return rowsOf(double, 'Propositions')
}

/** The rows of a table with their numbers. */
export function rowsOf(double: Double, table: string): Values[] {
  return [...double.table(table).rows()].map(([Id, row]) => ({ ...row, Id }))
}

/** « Médiathèque / Téléphone : rien → +33… (À compléter, En attente) », of each row. */
export function shownProposals(double: Double): string[] {
  return proposals(double).map((row) => {
    const [before, after] = [row['Valeur actuelle'] ?? 'rien', row['Valeur proposée'] ?? 'rien']
    const what =
      row['Champ'] === null || row['Champ'] === undefined
        ? ''
        : ` / ${String(row['Champ'])}: ${String(before)} → ${String(after)}`
    return `${String(row['Fiche'])}${what} (${String(row['Nature'])}, ${String(row['État'])})`
  })
}

export const LIBRARY: Says = {
  nom: 'Médiathèque de Callac',
  commune: 'Callac',
  code_postal: '22160',
  code_insee: '22025',
  adresse: '3 rue de Genève',
}
export const HALL: Says = {
  nom: 'Mairie de Callac',
  commune: 'Callac',
  code_postal: '22160',
  code_insee: '22025',
  adresse: 'Place Jean Auffret',
  telephone: '+33296458130',
}

/** The same as a row of « Acteurs ». */
export function actorRow({
  nom,
  commune,
  code_postal,
  code_insee,
  adresse,
  telephone,
  courriels,
}: Says): Values {
  return {
    Nom: nom,
    ...{ Commune: commune, 'Code postal': code_postal, 'Code INSEE': code_insee, Adresse: adresse },
    ...{ Téléphone: telephone ?? null, Courriels: courriels ?? null },
  }
}
