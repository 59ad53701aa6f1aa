import { rm } from 'node:fs/promises'
import type { Bench } from './measure.ts'
import { writeImportFiles } from './import-files.ts'
import { runJob, runPython } from './run-job.ts'

const RECORDS = 20_000
const ROWS = [20_000, 100_000]

/** Sources of 20,000 and 100,000 rows matched with a base of 20,000 records, beside a careful join with pandas. */
export async function measureImport({ times, say }: Omit<Bench, 'stage'>): Promise<void> {
  for (const rows of ROWS) {
    say(`A source of ${rows} rows against ${RECORDS} records…`)
    const files = await writeImportFiles(rows, RECORDS)
    try {
      const ours = await runJob({ kind: 'match', base: files.base, source: files.source })
      times.push({
        ...{
          name: `source matched with ${RECORDS} records`,
          seconds: ours.seconds,
          records: rows,
          repeats: 1,
        },
        note: `${quality(ours['said'] ?? 0, ours['right'] ?? 0)}, ${ours['unsure']} to be judged, ${ours['differences']} differences; ${Math.round(ours.rssMb)} MB`,
      })
      say('The same joined with pandas…')
      const peer = (await runPython('peer_join.py', files)) as PeerJoin | null
      if (peer === null) say('There is no pandas here: the peer is left out.')
      else
        times.push({
          ...{ name: 'the same, a join with pandas on SIRET, then name and commune', seconds: peer.seconds },
          ...{
            records: rows,
            repeats: 1,
            note: `${quality(peer.said, peer.right)}; ${Math.round(peer.rssMb)} MB`,
          },
        })
    } finally {
      await rm(files.folder, { recursive: true, force: true })
    }
  }
}

type PeerJoin = {
  readonly seconds: number
  readonly rssMb: number
  readonly said: number
  readonly right: number
}

function quality(said: number, right: number): string {
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`
  return `precision ${percent(right / said)}, recall ${percent(right / RECORDS)}`
}
