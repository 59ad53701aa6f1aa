import { readFormSettings } from '../../src/config/forms-file.ts'
import { QUESTIONS } from '../../src/domain/answer-changes.ts'
import { ANSWER_LABELS } from '../../src/domain/labels.ts'
import type { FormDesk } from '../../src/http/form-desk.ts'
import { CONFIG } from './rules.ts'

type Desk = NonNullable<FormDesk>
/** What was kept by a desk. */
export type KeptForm = Parameters<Desk['addDiagnostic']>[0] | Parameters<Desk['report']>[1]

/** Forms that keep what they are told, but for what `given` says. */
export function formsDouble(given: Partial<Desk> = {}): { readonly forms: Desk; readonly kept: KeptForm[] } {
  const kept: KeptForm[] = []
  const forms: Desk = {
    settings: { ...readFormSettings(CONFIG), enabled: true },
    questions: QUESTIONS.map((name) => ({
      ...{ name, title: `Titre ${name}`, question: `Question ${name} ?` },
      options: Object.entries(name === 'meetingsPerYear' ? {} : ANSWER_LABELS[name]),
    })),
    asked: (field) => ({
      ...{ field, title: `Champ ${field}`, help: field === 'horaires' ? 'Comme on le dit.' : null },
      choices: field === 'services' ? ['Aide', 'Matériel'] : [],
    }),
    hub: { name: 'Hub <b>', contact: null },
    keptMonths: 60,
    remarkMonths: 24,
    async addDiagnostic(said) {
      kept.push(said)
    },
    async report(_, said) {
      kept.push(said)
      return { faults: [] }
    },
    ...given,
  }
  return { forms, kept }
}
