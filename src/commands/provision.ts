import { acceptNames, desiredBase, leadsOf, withBase } from '../app.ts'
import { typeset } from '../domain/typography.ts'
import { provision } from '../nocodb/provision/provision.ts'
import { open } from './base-options.ts'
import type { CommonOptions } from './base-options.ts'
import { print, say } from './output.ts'

/** `portrea provision`: prints the plan, then creates or completes; a second run finds nothing to do. */
export async function provisionCommand(options: CommonOptions & { readonly dryRun?: true }): Promise<number> {
  const { environment, settings, log } = open(options, ['NOCODB_URL', 'NOCODB_TOKEN'])
  const desired = desiredBase(settings, leadsOf(environment))
  return withBase(environment, settings, log, async (base) => {
    const { steps } = await provision(base, desired, { dryRun: true })
    if (!options.json)
      say(
        ...planLines(
          steps.map(({ summary }) => summary),
          base.title,
        ),
      )
    const { done } =
      options.dryRun || steps.length === 0
        ? { done: 0 }
        : await provision(base, desired, {
            onStep: ({ step, number, total }) => console.error(`[${number}/${total}] ${step.summary}`),
          })
    if (options.dryRun !== true) await acceptNames(environment, settings, log)
    if (options.json)
      print({
        base: base.id,
        steps: steps.map(({ kind, summary }) => ({ kind, summary })),
        notes: [typeset(MODIFIED)],
        done,
      })
    else if (done > 0) say(typeset(`Fait : ${done} étapes.`))
    return 0
  })
}

function planLines(summaries: readonly string[], title: string): string[] {
  if (summaries.length === 0) return [typeset(`Rien à faire : la base « ${title} » est complète.`)]
  return [
    typeset(`À faire dans la base « ${title} » :`),
    ...summaries.map((summary) => `  • ${summary}`),
    typeset(MODIFIED),
  ]
}

/** What NocoDB does to people's rows when anybody writes there, and nobody can prevent. */
const MODIFIED: string =
  "À savoir : NocoDB change « Modifié le » et « Modifié par » d'une ligne à chaque écriture, celles de Portrea comprises : presque toutes les fiches à la première synchronisation, ensuite les seules lignes dont une case change. « Fraîcheur » n'en dépend pas : elle suit ce que les personnes écrivent."
