import type { FieldName } from '../domain/fields.ts'
import { BY_FORM, hearDiagnostic } from '../domain/public-diagnostic.ts'
import { counted, typeset } from '../domain/typography.ts'
import type { FormDesk } from './form-desk.ts'
import type { FormKind } from './form-key.ts'

/** What was sent, as it was typed. */
export type Given = Readonly<Record<string, string>>

/** What is wrong with a field, in French. */
export type FormFault = { readonly name: string; readonly message: string }

/** What came of it; `told`: what is said above the form, null where the faults say it. */
export type Outcome = {
  readonly status: number
  readonly told: string | null
  readonly faults: readonly FormFault[]
}

/** How long what people write by hand may be. */
export const [AUTHOR_SIGNS, REMARK_SIGNS] = [200, 2000]
const KEPT: Outcome = { status: 200, told: null, faults: [] }

/** Reads and keeps what was sent, whole or not at all. Throws a PortreaError where NocoDB does not take it. */
export async function formAnswer(
  forms: NonNullable<FormDesk>,
  epci: {
    readonly kind: FormKind
    readonly siren: string
    readonly name: string
    /** Of which an answer is, 'YYYY-MM-DD'. */
    readonly day: string
  },
  given: Given,
): Promise<Outcome> {
  return epci.kind === 'diagnostic' ? diagnostic(forms, epci, given) : report(forms, epci, given)
}

async function diagnostic(
  forms: NonNullable<FormDesk>,
  { siren, day }: { readonly siren: string; readonly day: string },
  given: Given,
): Promise<Outcome> {
  const [author, remark] = [(given['qui'] ?? '').trim(), (given['remarque'] ?? '').trim()]
  const { answers, faults: heard } = hearDiagnostic(given)
  const faults: FormFault[] = [
    ...heard,
    ...tooLong('qui', author, AUTHOR_SIGNS),
    ...tooLong('remarque', remark, REMARK_SIGNS),
  ]
  const isEmpty = Object.keys(answers).length === 0
  if (faults.length === 0 && isEmpty)
    faults.push({ name: forms.questions[0]!.name, message: typeset(NOTHING) })
  if (faults.length > 0) return { status: 422, told: null, faults }
  await forms.addDiagnostic({
    siren,
    day,
    answers,
    remark,
    author: author === '' ? BY_FORM : `${BY_FORM} : ${author}`,
  })
  return KEPT
}

const NOTHING =
  'Aucune question n’a de réponse : répondez à une au moins. « Je ne sais pas » est une vraie réponse, mais il n’y a alors rien à inscrire.'

function tooLong(name: string, text: string, most: number): FormFault[] {
  return text.length <= most
    ? []
    : [{ name, message: typeset(`${counted(text.length, 'signe')} : ${most} au plus, raccourcissez.`) }]
}

async function report(
  forms: NonNullable<FormDesk>,
  epci: { readonly siren: string; readonly name: string },
  given: Given,
): Promise<Outcome> {
  const asked: readonly FieldName[] = forms.settings.place.fields
  const answers = Object.fromEntries(
    asked.flatMap((field) => (given[field] === undefined ? [] : [[field, given[field]]])),
  )
  const { faults } = await forms.report(
    { siren: epci.siren, name: epci.name },
    { answers, closed: given['ferme'] === 'oui' },
  )
  if (faults.length === 0) return KEPT
  return { status: 422, told: null, faults: faults.map(({ field, message }) => ({ name: field, message })) }
}
