import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import pMap from 'p-map'
import { withSyncParts } from '../app.ts'
import type { EpciReport } from '../domain/epci-report.ts'
import { counted, frenchNumber, typeset } from '../domain/typography.ts'
import { PortreaError } from '../errors.ts'
import { readOnly } from '../engine/read-base.ts'
import { pdfName } from '../papers/file-name.ts'
import { openPrintShop } from '../papers/print-shop.ts'
import { open } from './base-options.ts'
import type { CommonOptions } from './base-options.ts'
import { print, say } from './output.ts'
import { refuseExisting, writeNewFile } from './write-new-file.ts'

/**
 * `portrea explain SIREN --pdf FILE`: the fiche territoire of one EPCI; without SIREN, those of all, in a folder. Reads
 * the base as it is now; no file is written over. Throws USAGE, EPCI_NOT_FOUND, CONFIG_INVALID.
 */
export async function explainAsPdf(
  siren: string | undefined,
  target: string,
  options: CommonOptions,
): Promise<number> {
  if (siren !== undefined && !/^\d{9}$/.test(siren))
    throw new PortreaError('USAGE', `${siren} : un SIREN a 9 chiffres.`)
  if (siren !== undefined) refuseExisting(target)
  const { environment, settings, log } = open(options, ['NOCODB_URL', 'NOCODB_TOKEN'])
  const all = await withSyncParts(
    environment,
    settings,
    log,
    async (parts) => (await readOnly(parts)).reports,
  )
  const wanted = siren === undefined ? all : all.filter((one) => one.siren === siren)
  if (siren !== undefined && wanted.length === 0)
    throw new PortreaError(
      'EPCI_NOT_FOUND',
      `Aucun EPCI de la base n’a le SIREN ${siren} : vérifiez la table « EPCI ».`,
    )
  const files = wanted.map((report) => ({
    report,
    path: siren === undefined ? join(target, pdfName('fiche territoire', report.name, report.siren)) : target,
  }))
  for (const { path } of files) refuseExisting(path)
  const milliseconds = await printAll(files, settings, siren === undefined ? target : null)
  if (options.json)
    print({ files: files.map(({ path, report }) => ({ siren: report.siren, path })), milliseconds })
  else
    say(
      typeset(
        `${counted(files.length, 'fiche territoire', 'fiches territoire')} en PDF, en ${frenchNumber(milliseconds / 1000)} s : ${target}`,
      ),
    )
  return 0
}

/** How long it took, in milliseconds. Every fiche is made before the first file is written. */
async function printAll(
  files: readonly { readonly report: EpciReport; readonly path: string }[],
  settings: Parameters<typeof openPrintShop>[0],
  folder: string | null,
): Promise<number> {
  const start = performance.now()
  const shop = openPrintShop(settings)
  try {
    // The press prints one after the other: the next is made ready meanwhile.
    const made = await pMap(
      files,
      async ({ report, path }) => ({ path, pdf: (await shop.sheet(report)).pdf }),
      {
        concurrency: 2,
      },
    )
    const milliseconds = Math.round(performance.now() - start)
    if (folder !== null) mkdirSync(folder, { recursive: true })
    for (const { path, pdf } of made) writeNewFile(path, Buffer.from(pdf))
    return milliseconds
  } finally {
    shop.close()
  }
}
