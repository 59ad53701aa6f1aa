import { commandLine } from '../domain/command-line.ts'
import { z } from 'zod'
import type { Rules } from '../config/rules-file.ts'
import type { EpciReport } from '../domain/epci-report.ts'
import { changedAnswers } from '../domain/new-answers.ts'
import { recommend } from '../domain/recommendation.ts'
import { frenchNumber } from '../domain/typography.ts'
import type { ReportSources } from './page-reports.ts'
import { visitorOf } from './page-visitor.ts'
import type { Visitor } from './pages/layout.ts'
import { REMARK_SIGNS, UNKNOWN_NOT_KEPT, whatIfPage } from './pages/what-if.ts'
import type { WhatIfView } from './pages/what-if.ts'
import { seenReport } from './seen-report.ts'
import type { Sessions } from './session.ts'
import { fromElsewhere, sendPage } from './sign-in-routes.ts'
import { whatIf } from './what-if-form.ts'
import { MAY_WRITE, saver, typedRemark } from './what-if-save.ts'
import type { Saved, SavingSources } from './what-if-save.ts'
import type { App } from './zod-routes.ts'

/** What the pages of what-ifs are made of. */
export type WhatIfSources = SavingSources &
  ReportSources & {
    readonly rules: Rules
  }

const Given = z.record(z.string(), z.unknown()).catch({})

/** GET and POST /epcis/{siren}/et-si: what would change, and a new diagnostic where a person asks for it. */
export function whatIfRoutes(app: App, sessions: Sessions, sources: WhatIfSources): void {
  const { rules, addDiagnostic } = sources
  const page = (visitor: Visitor, report: EpciReport, given: unknown, over: Told) => {
    const { situation } = report
    const asked = whatIf(situation, Given.parse(given))
    const now = recommend(situation, rules)
    const changed = recommend(asked.situation, rules)
    const maySave = addDiagnostic !== null && MAY_WRITE.includes(visitor.role)
    const saved = changedAnswers(situation.answers, asked.situation.answers, situation.listed)
    return whatIfPage({ visitor, report, whatIf: asked, now, changed, saved, maySave, ...over })
  }
  app.get('/epcis/:siren/et-si', { schema: { hide: true } }, async (request, reply) => {
    const visitor = await visitorOf(sessions, request, reply)
    if (visitor === null) return reply
    const found = await seenReport(request, reply, visitor, sources)
    if (found === null) return reply
    const { report } = found
    const isSaved = sessions.wasLeft(request, reply, savedWord(visitor, report))
    return sendPage(reply, page(visitor, report, request.query, { told: isSaved ? SAVED : null, remark: '' }))
  })
  const save = saver(sources)
  app.post('/epcis/:siren/et-si', { schema: { hide: true } }, async (request, reply) => {
    const visitor = await visitorOf(sessions, request, reply)
    if (visitor === null) return reply
    const found = await seenReport(request, reply, visitor, sources)
    if (found === null) return reply
    const { report } = found
    const outcome: Saved = fromElsewhere(request)
      ? { kind: 'forbidden' }
      : await save(request, reply, sessions, report)
    if (outcome.kind === 'kept') {
      sessions.leave(reply, savedWord(visitor, report))
      return reply.redirect(`/epcis/${report.siren}/et-si`, 303)
    }
    void reply.code(STATUS[outcome.kind])
    const now = outcome.kind === 'moved' ? outcome.now : {}
    const shown = { ...report, situation: { ...report.situation, ...now } }
    const remark = typedRemark(request.body)
    const told = { kind: 'error', text: ERRORS[outcome.kind] } as const
    return sendPage(reply, page(visitor, shown, request.body, { told, remark }))
  })
}

type Told = Pick<WhatIfView, 'told' | 'remark'>

/** What is said once, to who saved and nobody else. */
function savedWord({ email }: Visitor, { siren }: EpciReport): string {
  return `diagnostic ${siren} ${email}`
}

const SAVED = {
  kind: 'notice',
  text: 'Le diagnostic est enregistré dans NocoDB ; les chiffres de cet EPCI suivent en quelques secondes.',
} as const
const STATUS = {
  forbidden: 403,
  away: 503,
  unchanged: 400,
  unkept: 400,
  remark: 400,
  moved: 409,
  refused: 422,
} as const
const ERRORS: Readonly<Record<keyof typeof STATUS, string>> = {
  forbidden:
    'Votre rôle dans la base NocoDB ne permet pas d’y ajouter un diagnostic : demandez à être éditeur·rice.',
  away: 'NocoDB ne répond pas : rien n’est enregistré. Réessayez dans un moment.',
  unchanged: 'Aucune réponse n’a changé : il n’y a rien à enregistrer.',
  unkept: `Rien n’est enregistré. ${UNKNOWN_NOT_KEPT} Le nombre de référent·e·s, lui, se compte dans la table « Référents » dès qu’elle en nomme.`,
  remark: `La remarque dépasse ${frenchNumber(REMARK_SIGNS)} signes : rien n’est enregistré. Raccourcissez-la, elle est restée ci-dessous.`,
  moved:
    'Une réponse que vous changez a été donnée autrement entre-temps dans la base : rien n’est enregistré. « Aujourd’hui » dit à présent ce que dit la base ; relisez vos changements, puis enregistrez.',
  refused: `NocoDB n’a pas pris ce diagnostic : rien n’est enregistré. Vérifiez la table « Diagnostics », ou lancez \`${commandLine('doctor')}\`.`,
}
