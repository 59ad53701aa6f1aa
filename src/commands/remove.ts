import { desiredBase, leadsOf, withBase } from '../app.ts'
import { counted, typeset } from '../domain/typography.ts'
import { PortreaError } from '../errors.ts'
import type { Kept, Removal } from '../nocodb/provision/plan-removal.ts'
import { remove } from '../nocodb/provision/remove.ts'
import { open } from './base-options.ts'
import type { CommonOptions } from './base-options.ts'
import { print, say } from './output.ts'

type Options = CommonOptions & { readonly dryRun?: true; readonly yes?: true }

/** `portrea remove`: takes away what provision added, and nothing in which people wrote; says what stays, and why. */
export async function removeCommand(options: Options): Promise<number> {
  if (!options.dryRun && !options.yes)
    throw new PortreaError(
      'USAGE',
      'Ce qui est retiré ne revient pas : ajoutez --dry-run pour voir la liste, --yes pour le faire.',
    )
  const { environment, settings, log } = open(options, ['NOCODB_URL', 'NOCODB_TOKEN'])
  const desired = desiredBase(settings, leadsOf(environment))
  return withBase(environment, settings, log, async (base) => {
    const { removals, kept, done } = await remove(base, desired, {
      dryRun: options.dryRun ?? false,
      onStep: ({ step, number, total }) => console.error(`[${number}/${total}] ${step.summary}`),
    })
    if (options.json)
      print({ base: base.id, removals: removals.map(({ kind, summary }) => ({ kind, summary })), kept, done })
    else say(...lines(removals, kept, base.title, done))
    return 0
  })
}

function lines(removals: readonly Removal[], kept: readonly Kept[], base: string, done: number): string[] {
  const head =
    removals.length === 0
      ? [`Rien à retirer de « ${base} » : rien n'y reste de Portrea que vous n'employiez.`]
      : done > 0
        ? [`Retiré de « ${base} » : ${counted(done, 'élément')}.`]
        : [`À retirer de « ${base} » :`, ...removals.map(({ summary }) => `  • ${summary}`)]
  const rest = kept.map(({ what, reason }) => `  • ${what} : ${reason}`)
  return [...head, ...(rest.length > 0 ? ['Ce qui reste, et pourquoi :', ...rest] : [])].map(typeset)
}
