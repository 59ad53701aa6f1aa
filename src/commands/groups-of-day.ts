import { withSyncParts } from '../app.ts'
import { counted, typeset } from '../domain/typography.ts'
import { PortreaError } from '../errors.ts'
import { makeGroups } from '../engine/make-groups.ts'
import type { MadeGroups } from '../engine/make-groups.ts'
import type { RowId } from '../nocodb/cells.ts'
import { assertFits } from '../nocodb/drift.ts'
import { agreedTo, asking } from './adopt-ask.ts'
import { open } from './base-options.ts'
import type { CommonOptions } from './base-options.ts'
import { dayAsked } from './day-asked.ts'
import { print, say } from './output.ts'

export type DayOptions = CommonOptions & {
  readonly day?: string
  readonly dryRun?: true
  readonly yes?: true
}

/** `portrea groups --day ID|DATE+SIREN`: shows the groups of a journée by name, and writes them once it is agreed to. */
export async function groupsOfDay(asked: string, options: DayOptions): Promise<number> {
  const { json, dryRun, yes } = options
  const asks = yes !== true && dryRun !== true
  if (asks && (json === true || !process.stdin.isTTY))
    throw new PortreaError(
      'USAGE',
      '--day écrit « Groupe » dans la base : ajoutez --dry-run pour voir les groupes, --yes pour les écrire.',
    )
  const { environment, settings, log } = open(options, ['NOCODB_URL', 'NOCODB_TOKEN'])
  return withSyncParts(environment, settings, log, async (parts) => {
    assertFits(parts.base)
    const day = await dayAsked(parts, asked, '--day ')
    let made = await makeGroups(parts, day, yes !== true)
    if (json !== true) say(...lines(made))
    const isWriting = asks && made.plan.groups.length > 0 && (await agreed())
    if (isWriting) made = await makeGroups(parts, day)
    if (json) print(documentOf(day, made))
    else say(...outcome(made, yes === true || isWriting))
    return made.plan.groups.length === 0 || made.refused.length > 0 ? 1 : 0
  })
}

function agreed(): Promise<boolean> {
  return asking({ input: process.stdin, output: process.stdout }, (ask) =>
    agreedTo(ask, 'Écrire ces groupes dans « Groupe » de « Participants » ?'),
  )
}

function lines({ plan, people, summary, notes }: MadeGroups): string[] {
  const byId = new Map(people.map((one) => [one.id, one]))
  const shown = (id: RowId) => {
    const one = byId.get(id)
    const details = [one?.position, one?.organisation].filter((text) => text !== null && text !== undefined)
    const after = details.length > 0 ? `, ${details.join(', ')}` : ''
    return `  ${one?.name ?? `n° ${id}`}${after}${one?.facilitates ? ' (anime)' : ''}`
  }
  const groups = plan.groups.flatMap(({ number, members }) => [
    `Groupe ${number} : ${counted(members.length, 'personne')}`,
    ...members.map(shown),
  ])
  const told = [...notes].flatMap(([id, text]) => [
    byId.get(id)?.name ?? `n° ${id}`,
    ...text.split('\n').map((line) => `  ${line}`),
  ])
  return [summary, ...groups, ...told].map(typeset)
}

function outcome({ written, overtaken, refused }: MadeGroups, isWriting: boolean): string[] {
  if (!isWriting) return [typeset("Rien n'est écrit.")]
  const changed =
    overtaken > 0
      ? [`${counted(overtaken, 'choix fait', 'choix faits')} entre-temps dans « Groupe » : laissés.`]
      : []
  return [`« Groupe » écrit pour ${counted(written, 'personne')}.`, ...changed, ...refused].map(typeset)
}

/** The names are those that the base holds: they are shown, and kept nowhere. */
function documentOf(day: RowId, { plan, people, summary, notes, written, overtaken, refused }: MadeGroups) {
  const byId = new Map(people.map((one) => [one.id, one]))
  const person = (id: RowId) => {
    const one = byId.get(id)
    return {
      id,
      name: one?.name ?? null,
      facilitates: one?.facilitates ?? false,
      moved: plan.moved.includes(id),
    }
  }
  return {
    ...{ day, people: plan.people, summary, nearest: plan.nearest },
    groups: plan.groups.map(({ number, members }) => ({ number, members: members.map(person) })),
    out: plan.out,
    mixed: plan.mixed,
    notes: [...notes].map(([id, text]) => ({ id, text })),
    ...{ written, overtaken, refused },
  }
}
