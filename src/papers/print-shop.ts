import type { Hub } from '../config/hub-file.ts'
import type { PapersSettings } from '../config/papers-file.ts'
import { readTemplates } from '../config/paper-templates.ts'
import type { EpciReport } from '../domain/epci-report.ts'
import type { ReferentialRules } from '../domain/rules/referentials.ts'
import { PortreaError } from '../errors.ts'
import type { Order } from './compiler.ts'
import { openPress } from './press.ts'
import type { Paper } from './press.ts'
import { sampleData } from './samples.ts'
import { SHEET_PAGES, territorySheets } from './territory-sheet.ts'

/** What every paper is made with. */
export type PrintSettings = {
  /** Where config/ is: templates are read anew for each paper, so that one that was mended is printed at once. */
  readonly directory: string
  readonly hub: Hub
  readonly papers: PapersSettings
  readonly rules: { readonly referentials: ReferentialRules }
}

/** Prints papers; each throws CONFIG_INVALID where its template is at fault, told in French with file and line. */
export type PrintShop = {
  /** « Fiche territoire »: two A4 pages. */
  sheet(report: EpciReport): Promise<Paper>
  /** Another template, with its data. */
  print(template: string, data: object): Promise<Paper>
  /** Every fault of the templates, each tried with data made up; in French, with file and line. */
  faults(): Promise<string[]>
  close(): void
}

/** Opens a print shop; the compiler starts with the first paper. */
export function openPrintShop({ directory, hub, papers, rules }: PrintSettings): PrintShop {
  const press = openPress()
  const order = (template: string, data: readonly object[], pages: number | null): Order => ({
    template,
    sources: readTemplates(directory),
    pictures: hub.logo === null ? {} : { [hub.logo.name]: hub.logo.bytes },
    data: data.map((one) => JSON.stringify({ hub: shownHub(hub), ...one })),
    pages,
  })
  return {
    async sheet(report) {
      const sheets = territorySheets(report, { referentials: rules.referentials, roles: papers.roles })
      const whole = await press.print(order('fiche.typ', [sheets.next().value ?? {}], null))
      if (whole.pages <= SHEET_PAGES) return whole
      return press.print(order('fiche.typ', [...sheets], SHEET_PAGES))
    },
    print: async (template, data) => press.print(order(template, [data], null)),
    async faults() {
      const found: string[] = []
      for (const [template, data] of Object.entries(sampleData(papers)))
        await press.print(order(template, [data], null)).catch((cause: unknown) => {
          if (!(cause instanceof PortreaError)) throw cause
          found.push(...cause.faults)
        })
      return [...new Set(found)]
    },
    close: () => press.close(),
  }
}

function shownHub({ name, contact, logo }: Hub): object {
  return { name, contact, logo: logo === null ? null : { file: logo.name, description: logo.description } }
}
