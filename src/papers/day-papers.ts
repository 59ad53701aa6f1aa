import type { LabelSheet, PapersSettings } from '../config/papers-file.ts'
import type { DayFacts, DayPlace, Participant } from '../domain/day-facts.ts'
import type { EpciReport } from '../domain/epci-report.ts'
import { groups } from '../domain/groups.ts'
import type { GroupBounds } from '../domain/groups.ts'
import { CONDITION_HEADINGS, CONDITION_STATUSES } from '../domain/labels.ts'
import type { ReferentialRules } from '../domain/rules/referentials.ts'
import { conditionsSentence } from '../domain/success-conditions.ts'
import { capital, counted, frenchDay, frenchList, typeset } from '../domain/typography.ts'
import { agreementData } from './agreement.ts'
import { qrPicture } from './qr.ts'

/** One paper of a journée. */
export type DayPaper = {
  /** Its part of the address and of the file name. */
  readonly key: string
  readonly title: string
  readonly purpose: string
  readonly template: string
  /** Whether it bears the names of participants. */
  readonly names: boolean
  /** What has to be asked of NocoDB for it. */
  readonly needs: 'participants' | 'places' | null
  readonly data: (facts: PaperFacts) => object
}

/** What papers are made of; what a paper does not need is empty. */
export type PaperFacts = {
  readonly day: DayFacts
  readonly participants: readonly Participant[]
  readonly places: readonly DayPlace[]
  /** The last result of its EPCI; null: none yet. */
  readonly report: EpciReport | null
  readonly bounds: GroupBounds
  readonly referentials: ReferentialRules
  readonly settings: PapersSettings
}

/** Every paper of a journée, in the order in which they are offered. */
export function dayPapers({ labels, attendance }: PapersSettings): DayPaper[] {
  const half = attendance.halfDays.length > 1
  return [
    {
      ...{ key: 'emargement', template: 'emargement.typ', names: true, needs: 'participants' },
      title: 'Feuille d’émargement',
      purpose: half ? 'À signer à l’accueil, à chaque demi-journée.' : 'À signer à l’accueil.',
      data: (facts) => attendanceData(facts, attendance.halfDays),
    },
    ...(half
      ? [
          {
            ...{ key: 'emargement-demi-journee', template: 'emargement.typ', names: true },
            needs: 'participants' as const,
            title: 'Feuille d’émargement, demi-journée',
            purpose: 'La même, avec une seule signature.',
            data: (facts: PaperFacts) => attendanceData(facts, ['Signature']),
          },
        ]
      : []),
    ...labels.flatMap(labelPapers),
    ...signPapers(),
    ...placePapers(),
  ]
}

function signPapers(): DayPaper[] {
  return [
    {
      ...{ key: 'groupes', template: 'groupes.typ', names: true, needs: 'participants' },
      title: 'Panneaux des groupes',
      purpose: 'Un par table, avec les noms là où « Groupe » est rempli.',
      data: groupsData,
    },
    {
      ...{ key: 'salle', template: 'salle.typ', names: false, needs: null },
      title: 'Panneaux de la salle',
      purpose: 'Accueil, toilettes, café : de quoi trouver son chemin.',
      data: ({ day, settings }) => ({
        day: dayData(day),
        signs: settings.signs.map(({ text, arrow }) => ({ text, arrow: arrow ?? '' })),
      }),
    },
  ]
}

function placePapers(): DayPaper[] {
  return [
    {
      ...{ key: 'conditions', template: 'conditions.typ', names: false, needs: null },
      title: 'Conditions de réussite',
      purpose: 'Pour qui anime : ce qui est prêt, ce qui reste à faire.',
      data: conditionsData,
    },
    {
      ...{ key: 'qui-fait-quoi', template: 'qui-fait-quoi.typ', names: false, needs: 'places' },
      title: 'Qui fait quoi',
      purpose: 'Les acteurs de l’EPCI, leurs services, leurs publics, comment y aller.',
      data: placesData,
    },
    {
      ...{ key: 'a-bonifier', template: 'a-bonifier.typ', names: false, needs: 'places' },
      title: 'À bonifier pendant l’atelier',
      purpose: 'Ce qu’il manque à chaque fiche, avec un code QR qui l’ouvre dans NocoDB.',
      data: toImproveData,
    },
    {
      ...{ key: 'convention', template: 'convention.typ', names: false, needs: null },
      title: 'Projet de convention',
      purpose: 'Un point de départ, à relire et à compléter avec l’EPCI.',
      data: agreementData,
    },
  ]
}

function labelPapers(sheet: LabelSheet): DayPaper[] {
  return [
    {
      ...{ key: `etiquettes-${sheet.key}`, template: 'etiquettes.typ', names: true, needs: 'participants' },
      title: `Étiquettes de nom, ${sheet.title}`,
      purpose: 'À imprimer sur une planche d’étiquettes, à 100 %.',
      data: ({ day, participants }) => ({
        ...{ sheet, day: dayData(day), note: NOBODY },
        people: participants.map(personData),
      }),
    },
    {
      ...{
        key: `etiquettes-${sheet.key}-essai`,
        template: 'etiquettes-essai.typ',
        names: false,
        needs: null,
      },
      title: `Page d’essai, ${sheet.title}`,
      purpose: 'Sur papier, avec des règles : à poser sur la planche avant d’imprimer.',
      data: () => ({ sheet }),
    },
  ]
}

const NOBODY = 'Personne n’est inscrit à cette journée dans la table « Participants » de NocoDB.'

/** How every paper names its journée. */
export function dayData({ name, date, place, epci }: DayFacts): object {
  const on = date === null ? '' : frenchDay(date)
  const line = [
    on === '' ? 'date à fixer' : on,
    ...(place === null ? [] : [place]),
    ...(epci === null ? [] : [epci.name]),
  ]
  return {
    title: name ?? (epci === null ? 'Journée collaborative' : `Journée collaborative, ${epci.name}`),
    ...{ date: on, place: place ?? '', epci: epci?.name ?? 'EPCI à préciser', siren: epci?.siren ?? '' },
    line: line.join(' · '),
  }
}

function personData({ name, organisation, position, group }: Participant): object {
  const inLine = (text: string | null) => (text ?? '').replaceAll(/[ \t\r\n]+/gu, ' ').trim()
  return {
    name: inLine(name),
    organisation: inLine(organisation),
    position: inLine(position),
    group: inLine(group),
  }
}

function attendanceData({ day, participants, settings }: PaperFacts, halves: readonly string[]): object {
  return {
    ...{
      day: dayData(day),
      halves,
      people: participants.map(personData),
      empty: settings.attendance.emptyLines,
    },
    note: participants.length === 0 ? NOBODY : '',
  }
}

/** By « Groupe » where it is filled; else as many signs as the number of people makes groups. */
function groupsData({ day, participants, bounds }: PaperFacts): object {
  const named = Map.groupBy(
    participants.filter(({ group }) => group !== null),
    ({ group }) => group ?? '',
  )
  const data = { day: dayData(day), note: NOBODY }
  if (named.size > 0) {
    const order = [...named].sort(([one], [other]) => one.localeCompare(other, 'fr', { numeric: true }))
    return {
      ...data,
      groups: order.map(([group, people]) => ({
        ...{ name: groupName(group), size: null },
        facilitator: ledBy(people),
        people: people.map(({ name }) => name),
      })),
    }
  }
  const { sizes } = groups(participants.length, bounds)
  const made = sizes ?? []
  return {
    ...data,
    note:
      sizes === null && participants.length > 0 ? typeset(cannotSplit(participants.length, bounds)) : NOBODY,
    groups: made.map((size, at) => ({
      ...{ name: `Groupe ${at + 1}`, people: [], facilitator: '' },
      size: typeset(counted(size, 'personne')),
    })),
  }
}

function cannotSplit(people: number, { from, to }: GroupBounds): string {
  return `${counted(people, 'personne')} ${people < 2 ? 'ne se répartit' : 'ne se répartissent'} pas en groupes de ${from} à ${to} : remplissez « Groupe » dans « Participants ».`
}

function ledBy(people: readonly Participant[]): string {
  const names = people.filter(({ facilitates }) => facilitates).map(({ name }) => name)
  return names.length === 0 ? '' : typeset(`Animation : ${frenchList(names)}`)
}

function groupName(group: string): string {
  return /^\d+$/u.test(group) ? `Groupe ${group}` : group
}

/** The conditions were looked at for the next journée of the EPCI: of another one nothing is said. */
function conditionsData({ day, report }: PaperFacts): object {
  const own = day.date !== null && day.date === report?.prefill.collaborativeDay
  const conditions = (report?.conditions ?? []).map((one) =>
    own ? one : { ...one, status: 'unknown' as const, observed: null },
  )
  const headings = Map.groupBy(conditions, ({ heading }) => heading)
  return {
    day: dayData(day),
    sentence: conditions.length === 0 ? '' : own ? conditionsSentence(conditions) : OTHER_DAY,
    headings: [...headings].map(([heading, own]) => ({
      title: CONDITION_HEADINGS[heading],
      conditions: own.map(({ label, status, observed }) => ({
        ...{ label, status: CONDITION_STATUSES[status], done: status === 'ok' },
        evidence: typeset(observed?.evidence ?? ''),
      })),
    })),
  }
}

const OTHER_DAY = typeset(
  "Portrea ne suit les conditions que de la prochaine journée de l'EPCI : à cocher à la main pour celle-ci.",
)

function placesData({ day, places }: PaperFacts): object {
  const listed = (texts: readonly string[]) => capital(texts.join(', '))
  return {
    day: dayData(day),
    sentence:
      day.epci === null ? NO_EPCI : placesSentence(places.length, 'acteur recensé', 'acteurs recensés'),
    places: places.map(({ name, commune, services, publics, access, phone, mails, keptBack }) => ({
      ...{ name, commune: commune ?? '', services: listed(services), publics: listed(publics) },
      access: listed(access),
      contact: keptBack ? KEPT_BACK : [...(phone === null ? [] : [phone]), ...mails].join('\n'),
    })),
  }
}

function toImproveData({ day, places, report }: PaperFacts): object {
  const first = new Map((report?.prefillDetail.next ?? []).map(({ record }, at) => [record, at]))
  const rank = ({ id }: DayPlace) => first.get(id) ?? Number.POSITIVE_INFINITY
  const open = places.filter(({ todo }) => todo !== null)
  return {
    day: dayData(day),
    sentence: toImproveSentence(day, places, open.length),
    places: open
      .toSorted((one, other) => (rank(one) === rank(other) ? 0 : rank(one) - rank(other)))
      .map(({ name, commune, todo, address }) => ({
        ...{ name, commune: commune ?? '', todo, svg: qrPicture(address) },
        description: typeset(`Code QR : ouvre la fiche de ${name} dans NocoDB.`),
      })),
  }
}

const NO_EPCI = typeset("Aucun EPCI n'est lié à cette journée : liez-le dans « Journées », puis imprimez.")
const KEPT_BACK = typeset('à ne pas diffuser')

/** What was never looked at is not known to be whole. */
function toImproveSentence({ epci }: DayFacts, places: readonly DayPlace[], open: number): string {
  if (epci === null) return NO_EPCI
  if (places.length === 0) return typeset("Aucune fiche n'est connue pour cet EPCI.")
  const unknown = places.filter(({ assessed }) => !assessed).length
  const told =
    unknown === 0
      ? ''
      : ` ${counted(unknown, 'fiche')} pas encore ${unknown < 2 ? 'lue' : 'lues'} par Portrea : lancez une synchronisation.`
  if (unknown === places.length) return typeset(told.trim())
  return typeset(
    `${placesSentence(open, 'fiche à compléter', 'fiches à compléter')}${open === 0 ? '' : '.'}${told}`,
  )
}

function placesSentence(count: number, one: string, many: string): string {
  return count === 0
    ? `Aucune ${one}.`.replace('Aucune acteur', 'Aucun acteur')
    : typeset(counted(count, one, many))
}
