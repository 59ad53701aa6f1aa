import { readFileSync } from 'node:fs'
import { glob } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { FIGURES } from '../../src/columns/epcis.ts'
import { WEBHOOK_TYPES } from '../../src/domain/events.ts'
import { FIELDS } from '../../src/domain/fields.ts'

const root = join(import.meta.dirname, '../..')
/** Written by `npm run schema`, or the lists of others, that say what they say: nobody adds a key there. */
const GENERATED = /^config\/(schema\/|sources\/|REGLES\.md$|LISEZ-MOI\.md$)/u

const written = (await Array.fromAsync(glob('{src,config}/**/*.{ts,json,yaml,md}', { cwd: root })))
  .filter((file) => !GENERATED.test(file))
  .toSorted()
  .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }))

/** The files in which a key stands: those to open for another key of its kind. */
function placesOf(key: string): readonly string[] {
  const word = new RegExp(`(?<![\\w.])${key.replaceAll('.', '\\.')}(?!\\w)`, 'u')
  return written.filter(({ text }) => word.test(text)).map(({ file }) => file)
}

/** The files that list at least half of the keys by hand. */
function listsOf(keys: readonly string[]): readonly string[] {
  const seen = keys.flatMap((key) => placesOf(key))
  return [...new Set(seen)]
    .filter((file) => seen.filter((one) => one === file).length >= keys.length / 2)
    .toSorted()
}

/** Keys that are words of their own: « confidence » is said of much else. */
const COLUMNS = [
  ...(['territoryType', 'nextDay', 'actorCount', 'prefilledRecords', 'workloadBasis'] as const),
  ...(['referentDaysLow', 'referentDaysHigh', 'officerDaysLow', 'officerDaysHigh'] as const),
  ...(['governanceScore', 'networkScore', 'orientationScore', 'toolingScore'] as const),
]

/** What is added of each kind; `most` is how many files one may ask for, `lists` those that name them all. */
const KINDS = [
  {
    ...{ kind: 'a column of the table EPCI that is written back', most: 3, all: COLUMNS, typical: COLUMNS },
    lists: ['config/columns.yaml', 'src/columns/epcis.ts'],
  },
  {
    ...{ kind: 'an event that is sent out', most: 2, all: WEBHOOK_TYPES },
    typical: ['prefill.at_risk', 'recommendation.changed'],
    lists: ['config/webhooks.yaml'], // the others stand with those of their subject, in src/domain/events/
  },
  {
    ...{ kind: 'a field of the national standard', most: 10, all: FIELDS },
    typical: ['prise_rdv', 'modalites_acces', 'complement_adresse', 'formations_labels'],
    lists: [
      ...['config/adoption.yaml', 'config/columns.yaml', 'config/completeness.yaml'],
      ...['config/indicators.yaml', 'config/views.yaml', 'src/columns/actors.ts'],
      'src/domain/adoption/mapped/by-hand.ts', // how each is read out of several columns
      // What of each is given to others.
      ...[
        'src/domain/export/data-inclusion.ts',
        'src/domain/export/export-record.ts',
        'src/domain/fields.ts',
      ],
      'src/domain/import/same-value.ts', // how each is compared with what another list says
    ],
  },
]

describe.each(KINDS)('$kind', ({ most, all, typical, lists }) => {
  it.each(typical.map((key) => ({ key })))(`stands in ${most} files at most: $key`, ({ key }) => {
    const places = placesOf(key)
    expect(places.length, `${key} stands in ${places.join(', ')}`).toBeLessThanOrEqual(most)
    expect(places.length).toBeGreaterThan(0)
  })

  it('is listed with all others of its kind where it is known, and nowhere else', () => {
    expect(listsOf(all)).toEqual(lists)
  })
})

it('knows the columns of the table EPCI by keys that are written back', () => {
  const keys: readonly string[] = FIGURES.map(([key]) => key)
  expect(COLUMNS.filter((key) => !keys.includes(key))).toEqual([])
})
