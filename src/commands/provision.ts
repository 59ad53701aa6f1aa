import { acceptNames, desiredBase, leadsOf, withBase } from '../app.ts'
import { counted, typeset } from '../domain/typography.ts'
import { applyProvision, proposeProvision } from '../nocodb/provision/provision.ts'
import type { ProvisionPlan } from '../nocodb/provision/provision.ts'
import { open } from './base-options.ts'
import type { CommonOptions } from './base-options.ts'
import { print, say } from './output.ts'

/** `portrea provision`: prints the plan, then creates or completes; a second run finds nothing to do. */
export async function provisionCommand(options: CommonOptions & { readonly dryRun?: true }): Promise<number> {
  const { environment, settings, log } = open(options, ['NOCODB_URL', 'NOCODB_TOKEN'])
  const desired = desiredBase(settings, leadsOf(environment))
  return withBase(environment, settings, log, async (base) => {
    const plan = await proposeProvision(base, desired)
    if (!options.json) say(...planLines(plan, base.title))
    const done = options.dryRun
      ? 0
      : await applyProvision(base, desired, plan, {
          onStep: ({ step, number, total }) => console.error(`[${number}/${total}] ${step.summary}`),
        })
    if (options.dryRun !== true) await acceptNames(environment, settings, log)
    if (options.json)
      print({
        base: base.id,
        steps: plan.steps.map(({ kind, summary }) => ({ kind, summary })),
        notes: [...(plan.forgotten ? [FORGOTTEN] : []), MODIFIED].map(typeset),
        done,
      })
    else if (done > 0) say(typeset(`Fait : ${counted(done, 'étape')}.`))
    return 0
  })
}

function planLines({ steps, forgotten }: ProvisionPlan, title: string): string[] {
  const complete = `Rien à faire : la base « ${title} » est complète.`
  if (steps.length === 0) return [complete, ...(forgotten ? [FORGOTTEN] : [])].map(typeset)
  return [
    typeset(`À faire dans la base « ${title} » :`),
    ...steps.map(({ summary }) => `  • ${summary}`),
    typeset(MODIFIED),
  ]
}

/** The note of what Portrea made is nothing that people see. */
const FORGOTTEN =
  "La note de ce que Portrea y a créé n'y est plus : elle y est remise, pour que remove et upgrade s'y retrouvent."

/** What NocoDB does to people's rows when anybody writes there, and nobody can prevent. */
const MODIFIED: string =
  "À savoir : NocoDB change « Modifié le » et « Modifié par » d'une ligne à chaque écriture, celles de Portrea comprises : presque toutes les fiches à la première synchronisation, ensuite les seules lignes dont une case change. « Fraîcheur » n'en dépend pas : elle suit ce que les personnes écrivent."
