import type { Logger } from 'pino'
import type { Settings } from './app.ts'
import { contextOf, askedFields } from './day-desk.ts'
import { loadGeography } from './config/geography.ts'
import type { QUESTIONS } from './domain/answer-changes.ts'
import { parisDay } from './domain/days.ts'
import { ANSWER_LABELS } from './domain/labels.ts'
import { BY_FORM } from './domain/public-diagnostic.ts'
import { frenchDay, typeset } from './domain/typography.ts'
import type { BaseConnection } from './engine/base-connection.ts'
import { proposeReport } from './engine/journee/propose-report.ts'
import { PortreaError } from './errors.ts'
import type { AskedQuestion, FormDesk } from './http/form-desk.ts'
import { addFormDiagnostic } from './nocodb/add-form-diagnostic.ts'
import { alone } from './store/locks.ts'
import type { Store } from './store/database.ts'

/** What the forms without an account ask and write, in the base as it is named now; null where config/forms.yaml has none. */
export function formDeskOf(
  connection: BaseConnection,
  settings: Settings,
  store: Store,
  log: Logger,
): FormDesk {
  const { columns, rules, day, forms, hub } = settings
  if (!forms.enabled) return null
  const parts = () => contextOf(connection, settings, store, log)
  return {
    settings: forms,
    questions: questions(settings),
    asked: askedFields(columns, rules, day),
    hub: { name: hub.name ?? 'le Hub', contact: hub.contact },
    keptMonths: keptMonths(settings, 'author'),
    remarkMonths: keptMonths(settings, 'remark'),
    async addDiagnostic(said) {
      const { base } = await parts()
      await inTime(alone(store, 'forms', () => addFormDiagnostic(base, columns, loadGeography(), said)))
    },
    async report(epci, said) {
      const on = frenchDay(parisDay(new Date()))
      const origin = {
        name: 'formulaire',
        source: typeset(`${BY_FORM}, ${on}`),
        why: typeset(`Dit par le formulaire public le ${on}.`),
        epci,
      }
      return proposeReport(await parts(), origin, said)
    },
  }
}

/** null: for ever. */
function keptMonths({ retention: { diagnostics } }: Settings, column: 'author' | 'remark'): number | null {
  if (diagnostics === undefined) return null
  return diagnostics.erase === 'row' || diagnostics.erase.includes(column) ? diagnostics.months : null
}

function questions({ columns: { diagnostics } }: Settings): AskedQuestion[] {
  return QUESTIONS_AS_ASKED.map((name) => {
    const { title, description } = diagnostics.columns[name]
    const labels = name === 'meetingsPerYear' ? {} : ANSWER_LABELS[name]
    return { name, title, question: typeset(description ?? title), options: Object.entries(labels) }
  })
}

/** By factor, as the Hub's document has them. */
const QUESTIONS_AS_ASKED = [
  ...(['governance', 'roadmap', 'referents', 'network', 'meetingsPerYear'] as const),
  ...(['aim', 'commitment', 'tool', 'use', 'mastery'] as const),
] satisfies typeof QUESTIONS

/** Longer nobody waits before a page. */
const PATIENCE_MS = 20_000

async function inTime(work: Promise<void>): Promise<void> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(
    () => reject(new PortreaError('NOCODB_UNAVAILABLE', 'NocoDB n’a pas répondu à temps.')),
    PATIENCE_MS,
  )
  try {
    await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
