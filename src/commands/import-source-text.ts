import type { FieldName } from '../domain/fields.ts'
import { counted, frenchNumber, typeset } from '../domain/typography.ts'
import type { SourceDocument } from './import-source.ts'

/** So many lines of one kind are shown; `--json` gives all. */
const SHOWN = 20

/** What a source says, for people. */
export function sourceLines(document: SourceDocument, titleOf: (field: FieldName) => string): string[] {
  const { source, file, records, epcis, unplaced, unreadable } = document
  const name =
    source === null ? `« ${file} »` : `« ${source.title} » (${source.producer} ; ${source.licence})`
  return [
    `${name} : ${counted(records, 'fiche')} dans ${counted(epcis.length, 'EPCI', 'EPCI')}.`,
    ...(source === null ? [] : [`À citer : ${source.attribution}.`]),
    ...fetchedLines(document),
    ...fieldLines(document, titleOf),
    ...epciLines(epcis),
    ...(unplaced === 0
      ? []
      : [
          `• ${counted(unplaced, 'fiche')} sans EPCI : ni le code INSEE, ni la commune et le code postal n’en disent un.`,
        ]),
    ...(unreadable.length === 0 ? [] : ['', `Illisibles (${counted(unreadable.length, 'ligne')}) :`]),
    ...firstOf(unreadable.map(({ line, reason }) => `✗ ligne ${line} : ${reason}`)),
    '',
  ].map(typeset)
}

/** What was fetched, as its server says it, and what tells it from another version. */
function fetchedLines({ fetched }: SourceDocument): string[] {
  if (fetched === null) return []
  const { address, contentType, bytes, sha256 } = fetched
  const type = contentType ?? 'type non dit'
  return [
    `Lue à ${address} (${type}, ${frenchNumber(Math.ceil(bytes / 1000))} Ko, sha256 ${sha256.slice(0, 12)}…).`,
  ]
}

function fieldLines({ fields, records }: SourceDocument, titleOf: (field: FieldName) => string): string[] {
  const said = fields.filter(({ filled }) => filled > 0)
  const silent = fields.filter(({ filled }) => filled === 0)
  if (records === 0) return []
  const width = Math.max(...said.map(({ field }) => titleOf(field).length))
  return [
    '',
    'Ce que cette source dit, champ par champ :',
    ...said.map(({ field, filled, blocking }) => {
      const wrong = blocking === 0 ? '' : `, dont ${frenchNumber(blocking)} à corriger`
      const share = `${Math.floor((100 * filled) / records)} %`.padStart(6)
      return `  ${titleOf(field).padEnd(width)} ${share}  ${frenchNumber(filled)} sur ${frenchNumber(records)}${wrong}`
    }),
    ...(silent.length === 0 ? [] : [`  Rien sur : ${silent.map(({ field }) => titleOf(field)).join(', ')}.`]),
  ]
}

function epciLines(epcis: SourceDocument['epcis']): string[] {
  if (epcis.length === 0) return []
  const most = epcis.toSorted((one, other) => other.records - one.records)
  return [
    '',
    'Par EPCI :',
    ...firstOf(
      most.map(
        ({ siren, name, records }) => `  ${siren} ${frenchNumber(records).padStart(6)}  ${name ?? ''}`,
      ),
    ),
  ]
}

function firstOf(lines: readonly string[]): string[] {
  const more = lines.length > SHOWN ? [`  … et ${lines.length - SHOWN} autres (--json les donne tous)`] : []
  return [...lines.slice(0, SHOWN), ...more]
}
