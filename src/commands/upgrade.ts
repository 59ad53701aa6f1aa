import { acceptNames, desiredBase, leadsOf, withBase } from '../app.ts'
import { counted, typeset } from '../domain/typography.ts'
import { upgrade } from '../nocodb/provision/upgrade.ts'
import type { Upgrade } from '../nocodb/provision/upgrade.ts'
import { open } from './base-options.ts'
import type { CommonOptions } from './base-options.ts'
import { print, say } from './output.ts'

/** `portrea upgrade`: brings a base completed by an older Portrea to this one's schema; says from what, and what it did. */
export async function upgradeCommand(options: CommonOptions & { readonly dryRun?: true }): Promise<number> {
  const { environment, settings, log } = open(options, ['NOCODB_URL', 'NOCODB_TOKEN'])
  const desired = desiredBase(settings, leadsOf(environment))
  return withBase(environment, settings, log, async (base) => {
    const result = await upgrade(base, desired, {
      dryRun: options.dryRun ?? false,
      onStep: ({ step, number, total }) => console.error(`[${number}/${total}] ${step.summary}`),
    })
    if (options.dryRun !== true) await acceptNames(environment, settings, log)
    if (options.json) print({ base: base.id, known: result.from !== null, ...result })
    else say(...lines(result, base.title, options.dryRun === true))
    return 0
  })
}

function lines({ from, to, steps, done }: Upgrade, base: string, dryRun: boolean): string[] {
  if (from === null)
    return [
      typeset(
        `Rien à mettre à jour : « ${base} » ne garde pas trace d'un Portrea qui l'ait complétée. Pour commencer : provision --dry-run.`,
      ),
    ]
  const head = `« ${base} » a été complétée par Portrea ${from.version} (schéma ${from.schema}) ; ceci est Portrea ${to.version} (schéma ${to.schema}).`
  if (steps.length === 0) return [head, 'Rien à faire : elle est à jour.'].map(typeset)
  const listed = steps.map(({ summary }) => `  • ${summary}`)
  return [head, dryRun ? 'À faire :' : `Fait : ${counted(done, 'étape')}.`, ...listed].map(typeset)
}
