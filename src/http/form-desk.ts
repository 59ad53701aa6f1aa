import type { FormSettings } from '../config/forms-file.ts'
import type { AnswerKey } from '../domain/answer-changes.ts'
import type { FieldName } from '../domain/fields.ts'
import type { Answers, Heard } from '../domain/journee/answers.ts'
import type { SomeAnswers } from '../domain/new-answers.ts'
import type { AskedField } from './pages/day.ts'

/** A question of the diagnostic as people are asked it: its title, its words, its answers; none: a number. */
export type AskedQuestion = {
  readonly name: AnswerKey
  readonly title: string
  readonly question: string
  readonly options: readonly (readonly [value: string, words: string])[]
}

/** What the forms without an account ask, say and write; every writing may throw a PortreaError. null: there are none. */
export type FormDesk = {
  readonly settings: FormSettings
  readonly questions: readonly AskedQuestion[]
  readonly asked: (field: FieldName) => AskedField
  /** The Hub's name and how to reach it; `contact` null: it is not said. */
  readonly hub: { readonly name: string; readonly contact: string | null }
  /** How many months the name on a diagnostic is kept; null: for ever. */
  readonly keptMonths: number | null
  /** The same of the free remark. */
  readonly remarkMonths: number | null
  /** One row of « Diagnostics », however often the same is said on the same day. */
  addDiagnostic(said: {
    readonly siren: string
    /** 'YYYY-MM-DD' */
    readonly day: string
    readonly answers: SomeAnswers
    readonly author: string
    readonly remark: string
  }): Promise<void>
  /** Rows of « Propositions » about a place of this EPCI. */
  report(
    epci: { readonly siren: string; readonly name: string },
    said: { readonly answers: Answers; readonly closed: boolean },
  ): Promise<Pick<Heard, 'faults'>>
} | null
