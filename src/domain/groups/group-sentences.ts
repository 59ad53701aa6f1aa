import { groupsText } from '../condition-checks.ts'
import { groups as evenSizes } from '../groups.ts'
import type { GroupBounds } from '../groups.ts'
import { counted, frenchList, typeset } from '../typography.ts'
import type { GroupNote } from './constraints.ts'
import type { Group, GroupPlan } from './plan-groups.ts'

/** What people should know of one wish, in one sentence; `nameOf` gives the name of a participant. */
export function noteText(note: GroupNote, nameOf: (id: number) => string): string {
  const column = note.wish === 'with' ? 'Avec' : 'Pas avec'
  return typeset(`« ${column} » : ${noteBody(note, nameOf)}`)
}

function noteBody(note: GroupNote, nameOf: (id: number) => string): string {
  switch (note.code) {
    case 'name.unknown': {
      const like = note.nearest === null ? '' : ` ; « ${nameOf(note.nearest)} », peut-être ?`
      return `personne ne s'appelle « ${note.name} » à cette journée${like}`
    }
    case 'name.several':
      return `plusieurs personnes de cette journée répondent à « ${note.name} » : écrivez prénom et nom`
    case 'name.self':
      return `« ${note.name} » est la personne elle-même`
    case 'other.out':
      return `${nameOf(note.other)} n'est d'aucun groupe (« Groupe » vidé)`
    case 'with.apart':
      return `pas possible avec ${nameOf(note.other)}, car ${nameOf(note.pair[0])} et ${nameOf(note.pair[1])} ne doivent pas être ensemble (« Pas avec » l'emporte)`
    case 'with.too_many':
      return `pas possible avec ${nameOf(note.other)} : ils et elles seraient plus de ${note.most} dans le groupe`
    case 'with.chosen':
      return `pas possible avec ${nameOf(note.other)} : vos choix dans « Groupe » les séparent, et l'emportent`
    case 'apart.chosen':
      return `${nameOf(note.other)} est du même groupe, par vos choix dans « Groupe », qui l'emportent`
    case 'apart.impossible':
      return `impossible à tenir envers ${nameOf(note.other)} avec les groupes possibles : choisissez vous-même dans « Groupe »`
  }
}

/** What came of it all, without a name; « remarques » stand beside each participant. */
export function summaryText(plan: GroupPlan, bounds: GroupBounds): string {
  const lines = [plan.groups.length === 0 ? impossible(plan, bounds) : `${made(plan)}.`]
  if (plan.out.length > 0)
    lines.push(
      `${counted(plan.out.length, 'personne')} sans groupe, car « Groupe » a été vidé ; écrivez-y un numéro pour en changer.`,
    )
  lines.push(...sizeLines(plan.groups, bounds), ...leaderLines(plan))
  const remarks = plan.notes.length
  if (remarks > 0)
    lines.push(`${counted(remarks, 'remarque')} dans « À savoir sur le groupe », chez les participant·e·s.`)
  return typeset(lines.join('\n'))
}

function made({ people, groups }: GroupPlan): string {
  const sizes = groups.map(({ members }) => members.length).toSorted((one, other) => other - one)
  return `${counted(people, 'personne')} : ${groupsText(sizes)}`
}

function impossible({ people, nearest }: GroupPlan, bounds: GroupBounds): string {
  if (people === 0) return 'Personne à répartir : inscrivez les participant·e·s de cette journée.'
  const others = nearest.map(
    (other) => `${counted(other, 'personne')} (${groupsText(evenSizes(other, bounds).sizes ?? [])})`,
  )
  const cannot = people < 2 ? 'ne se répartit pas' : 'ne se répartissent pas'
  return `${counted(people, 'personne')} ${cannot} en groupes de ${bounds.from} à ${bounds.to} ; au plus près : ${frenchList(others, 'ou')}. « Groupe » reste comme il est.`
}

/** Sizes that choices of people, or wishes, force. */
function sizeLines(groups: readonly Group[], { from, to }: GroupBounds): string[] {
  return groups.flatMap(({ number, members, chosen }) => {
    if (members.length >= from && members.length <= to) return []
    const why = chosen > 0 ? ', par vos choix dans « Groupe »' : ''
    return [`Groupe ${number} : ${counted(members.length, 'personne')}${why}, au lieu de ${from} à ${to}.`]
  })
}

function leaderLines({ groups, facilitators }: GroupPlan): string[] {
  const without = groups.filter((group) => group.facilitators === 0).map(({ number }) => String(number))
  if (without.length === 0) return []
  if (facilitators === 0) return ["Personne n'est coché « Anime »."]
  const which = without.length < 2 ? 'le groupe' : 'les groupes'
  return [
    `${counted(facilitators, 'personne anime', 'personnes animent')} : personne pour ${which} ${frenchList(without)}.`,
  ]
}
