import { createWriteStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { parisDay } from '../../src/domain/days.ts'
import { FIELDS } from '../../src/domain/fields.ts'
import type { ActorFields } from '../../src/domain/actor.ts'
import { eachBenchActor } from './bench-actors.ts'
import type { Bench } from './measure.ts'
import { runJob } from './run-job.ts'
import { zip } from './zip-file.ts'

const SIZES = [10_000, 100_000] as const
/** What ten times as many rows may cost in memory: only a workbook holds something of each, its texts. */
const GROWTH = { csv: 1.3, json: 1.3, geojson: 1.3, xlsx: 3 } as const
type Format = keyof typeof GROWTH

/** Lists of each format, long and ten times as long, each read by a process of its own: time, and memory at its peak. */
export async function measureSources({ ratios, times, say }: Omit<Bench, 'stage'>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'portrea-bench-sources-'))
  try {
    for (const format of Object.keys(GROWTH) as Format[]) {
      const peaks: number[] = []
      for (const records of SIZES) {
        say(`Reading ${records} records, ${format}…`)
        const path = join(folder, `${records}.${format}`)
        await write(format, records, path)
        const { seconds, rssMb, rows = 0 } = await runJob({ kind: 'source', path })
        if (rows !== records) throw new Error(`${path}: ${rows} records were read instead of ${records}.`)
        peaks.push(rssMb)
        times.push({
          ...{ name: `reading a list, ${format}`, seconds, records, repeats: 1 },
          note: `${Math.round(rssMb)} MB at its peak`,
        })
      }
      const [small = 1, large = 1] = peaks
      ratios.push({
        ...{ target: 18, name: `memory of ten times as many rows, ${format}`, value: large / small },
        ...{ better: 'lower', floor: GROWTH[format], aim: GROWTH[format], unit: '×' },
      })
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function write(format: Format, count: number, path: string): Promise<void> {
  if (format === 'xlsx') writeFileSync(path, book(count))
  else await pipeline(Readable.from(pieces(format, count)), createWriteStream(path))
}

function* records(count: number): Generator<ActorFields> {
  for (const { fields } of eachBenchActor(count, parisDay(new Date()))) yield fields
}

function* pieces(format: Exclude<Format, 'xlsx'>, count: number): Generator<string> {
  if (format === 'csv') yield `${FIELDS.join(',')}\n`
  else yield format === 'json' ? '[' : '{"type":"FeatureCollection","features":['
  let first = true
  for (const fields of records(count)) {
    if (format === 'csv') {
      yield `${FIELDS.map((field) => `"${(fields[field] ?? '').replaceAll('"', '""')}"`).join(',')}\n`
      continue
    }
    yield first ? '' : ',\n'
    first = false
    const geometry = {
      type: 'Point',
      coordinates: [Number(fields.longitude ?? 0), Number(fields.latitude ?? 0)],
    }
    yield JSON.stringify(format === 'json' ? fields : { type: 'Feature', geometry, properties: fields })
  }
  if (format !== 'csv') yield format === 'json' ? ']' : ']}'
}

/** A workbook of which each text stands once in the list of texts, as spreadsheets write it. */
function book(count: number): Buffer {
  const texts = new Map<string, number>()
  const cell = (text: string): string => {
    const at = texts.get(text) ?? texts.size
    texts.set(text, at)
    return `<c t="s"><v>${at}</v></c>`
  }
  const rows = [`<row>${FIELDS.map(cell).join('')}</row>`]
  for (const fields of records(count))
    rows.push(`<row>${FIELDS.map((field) => cell(fields[field] ?? '')).join('')}</row>`)
  const strings = [...texts.keys()].map((text) => `<si><t>${escaped(text)}</t></si>`)
  const type = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet'
  return zip({
    'xl/workbook.xml': '<workbook><sheets><sheet name="Lieux" sheetId="1" id="r1"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels': `<Relationships><Relationship Id="r1" Type="${type}" Target="worksheets/sheet1.xml"/></Relationships>`,
    'xl/sharedStrings.xml': `<sst>${strings.join('')}</sst>`,
    'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${rows.join('')}</sheetData></worksheet>`,
  })
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
