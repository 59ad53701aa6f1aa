import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { EpciReport } from '../domain/epci-report.ts'
import { ROLES } from '../domain/member.ts'
import type { Role } from '../domain/member.ts'
import { changedAnswers } from '../domain/new-answers.ts'
import type { KeptDiagnostic, NewDiagnostic } from '../domain/new-answers.ts'
import { PortreaError } from '../errors.ts'
import { REMARK_SIGNS } from './pages/what-if.ts'
import type { Sessions } from './session.ts'
import { SEEN, whatIf } from './what-if-form.ts'

/** Who may keep a diagnostic, and how. */
export type SavingSources = {
  /** The role of an account on the base now; null: no member. Throws a PortreaError where NocoDB does not say. */
  readonly roleOf: (id: string) => Promise<Role | null>
  /** Writes the row in NocoDB. Throws a PortreaError where it cannot. null: nothing can be kept. */
  readonly addDiagnostic: ((diagnostic: NewDiagnostic) => Promise<KeptDiagnostic>) | null
}

/** Roles by which NocoDB itself would let somebody add a row. */
export const MAY_WRITE: readonly Role[] = ROLES.slice(0, ROLES.indexOf('editor') + 1)

/** What became of what was to be kept; `unkept`: nothing else changed than what a diagnostic cannot hold. */
export type Saved = KeptDiagnostic | { readonly kind: 'forbidden' | 'away' | 'unkept' | 'remark' | 'refused' }

const Given = z.record(z.string(), z.unknown()).catch({})
const Typed = z.object({ remarque: z.string().catch('').default('') }).catch({ remarque: '' })

/** What was typed as a remark, with the line ends of NocoDB: a form sends its own, which count double. */
export function typedRemark(body: unknown): string {
  return Typed.parse(body).remarque.replaceAll(/\r\n?/gu, '\n').trim()
}

/** How long the same answers of the same person count as the same click. */
const TWICE_MS = 60_000

/** The last thing that a person asked to keep. */
type Click = { readonly what: string; readonly at: number; readonly outcome: Promise<Saved> }

/** Keeps what was changed, once however often it is clicked, by the role that the person has in NocoDB at that moment. */
export function saver({ roleOf, addDiagnostic }: SavingSources) {
  const clicks = new Map<string, Click>()
  const write = async (request: FastifyRequest, account: string, given: NewDiagnostic): Promise<Saved> => {
    if (addDiagnostic === null) return { kind: 'forbidden' }
    try {
      const role = await roleOf(account)
      if (role === null || !MAY_WRITE.includes(role)) return { kind: 'forbidden' }
      return await addDiagnostic(given)
    } catch (cause) {
      if (!(cause instanceof PortreaError)) throw cause
      request.log.warn({ code: cause.code }, 'a diagnostic could not be kept')
      return {
        kind: cause.code === 'NOCODB_REFUSED' || cause.code === 'SCHEMA_MISMATCH' ? 'refused' : 'away',
      }
    }
  }
  return async (
    request: FastifyRequest,
    reply: FastifyReply,
    sessions: Sessions,
    report: EpciReport,
  ): Promise<Saved> => {
    const visit = await sessions.visit(request, reply)
    if (visit.kind !== 'in') return { kind: 'forbidden' }
    const { id: account, email: author } = visit.session
    const asked = wish(report, request.body)
    if (asked.kind !== 'wish') return asked
    const given = { siren: report.siren, ...asked.answers, author, remark: typedRemark(request.body) }
    if (given.remark.length > REMARK_SIGNS) return { kind: 'remark' }
    const what = JSON.stringify(given)
    forget(clicks, Date.now() - TWICE_MS)
    const before = clicks.get(account)
    if (before?.what === what) return before.outcome
    const click = { what, at: Date.now(), outcome: write(request, account, given) }
    clicks.set(account, click)
    const isKept = await click.outcome.then(
      ({ kind }) => kind === 'kept',
      () => false,
    )
    // What failed may be tried again at once.
    if (!isKept && clicks.get(account) === click) clicks.delete(account)
    return click.outcome
  }
}

function forget(clicks: Map<string, Click>, before: number): void {
  for (const [account, { at }] of clicks) if (at < before) clicks.delete(account)
}

type Wish =
  | { readonly kind: 'unchanged' | 'unkept' }
  | { readonly kind: 'wish'; readonly answers: Pick<NewDiagnostic, 'seen' | 'wished'> }

/** The changed answers of a form, beside those that the page showed when it was made. */
function wish({ situation }: EpciReport, body: unknown): Wish {
  const given = Given.parse(body)
  const shown = Object.entries(given).flatMap(([name, value]) =>
    name.startsWith(SEEN) ? [[name.slice(SEEN.length), value]] : [],
  )
  const seen = whatIf(situation, Object.fromEntries(shown)).situation
  const wished = whatIf(seen, given).situation.answers
  const { kept, unknown, counted } = changedAnswers(seen.answers, wished, situation.listed)
  if (Object.keys(kept).length > 0) {
    const shownKept = Object.entries(seen.answers).filter(([key]) => Object.hasOwn(kept, key))
    return { kind: 'wish', answers: { seen: Object.fromEntries(shownKept), wished: kept } }
  }
  return { kind: unknown.length + counted.length > 0 ? 'unkept' : 'unchanged' }
}
