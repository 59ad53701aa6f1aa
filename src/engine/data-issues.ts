import { commandLine } from '../domain/command-line.ts'
import type { RecordId } from '../domain/record-id.ts'
import { counted, typeset } from '../domain/typography.ts'
import type { ActorTables } from '../nocodb/actor-tables.ts'

/** Codes of what a run finds odd in the base; none of them stops it. */
export type DataIssueCode =
  | 'actor.differs'
  | 'actor.no_epci'
  | 'actor.unlinked'
  | 'actor.other_epci'
  | 'actor.unknown_code'
  | 'actor.unknown_referent'
  | 'duplicates.crowd'
  | 'epci.no_actors'
  | 'epci.no_siren'
  | 'epci.repeated_siren'
  | 'epci.wrong_siren'
  | 'epci.unknown_siren'
  | 'epci.dissolved'
  | 'epci.unknown_retained'
  | 'epci.odd_fragility'
  | 'epci.odd_figure'
  | 'day.no_date'
  | 'day.no_epci'
  | 'referent.no_epci'
  | 'participant.no_day'
  | 'diagnostic.no_epci'
  | 'diagnostic.repeated_date'
  | 'diagnostic.future_date'
  | 'condition.unknown_code'
  | 'schema.renamed'
  | MemoryCode

/** What is told of the service's own memory, not of rows (see `storeNotes`). */
export type MemoryCode = 'store.mended' | 'store.new'

/** One kind of oddity: how often, and where to look first (row ids of its table, at most twenty; of the first one of actors). */
export type DataIssue = {
  readonly code: DataIssueCode
  readonly message: string
  readonly count: number
  readonly rows: readonly number[]
  /** The same of other tables of actors, by their titles; left out where there is none. */
  readonly elsewhere?: Readonly<Record<string, readonly number[]>>
}

const MESSAGES: Readonly<Record<Exclude<DataIssueCode, MemoryCode>, (count: number) => string>> = {
  'actor.differs': (n) =>
    `${counted(n, 'fiche')} dont la mémoire du service disait autre chose que la base, alors que NocoDB ne ${n < 2 ? 'la dit pas modifiée' : 'les dit pas modifiées'} : à moins d'un changement fait hors de NocoDB, c'est une erreur de Portrea ; signalez-la. La synchronisation qui écrit la corrige.`,
  'actor.no_epci': (n) =>
    `${counted(n, 'fiche')} sans EPCI, qui ne ${n < 2 ? 'compte' : 'comptent'} pour aucun : choisissez l'EPCI, ou dites la commune (son nom et son code postal, ou son code INSEE). Si une colonne à vous nomme l'EPCI, \`${commandLine('adopt', '--link-epcis', 'COLONNE')}\` les relie.`,
  'actor.unlinked': (n) =>
    `${counted(n, 'fiche')} sans lien vers un EPCI, ${n < 2 ? 'comptée' : 'comptées'} d'après la commune, là où l'EPCI qu'elle désigne a une ligne dans la table des EPCI : « À compléter » dit, là où c'est connu, ce qui empêche de ${n < 2 ? 'la' : 'les'} rattacher ; choisissez l'EPCI pour ${n < 2 ? 'la' : 'les'} voir dans son groupe.`,
  'actor.other_epci': (n) =>
    `${counted(n, 'fiche')} dont la commune n'est pas dans l'EPCI choisi : l'EPCI choisi compte.`,
  'actor.unknown_code': (n) =>
    `${counted(n, 'fiche')} dont « Vérifié exact » contient un code inconnu : recopiez celui de la colonne « Anomalies ».`,
  'actor.unknown_referent': (n) =>
    `${counted(n, 'fiche')} dont « Référent·e » nomme une personne absente de la table « Référents » pour cet EPCI : ${n < 2 ? "elle n'est comptée" : 'elles ne sont comptées'} pour personne.`,
  'duplicates.crowd': (n) =>
    `${counted(n, 'téléphone, courriel, SIRET ou mot est porté', 'téléphones, courriels, SIRET ou mots sont portés')} par trop de fiches pour qu'elles soient comparées deux à deux : leurs doublons ne sont proposés que si autre chose les rapproche.`,
  'epci.no_actors': (n) =>
    `${n} EPCI sans aucune fiche : ${n < 2 ? 'ses' : 'leurs'} indicateurs restent inconnus.`,
  'epci.no_siren': (n) =>
    `${counted(n, 'ligne')} EPCI sans SIREN à 9 chiffres : ${n < 2 ? "elle n'est pas calculée" : 'elles ne sont pas calculées'}.`,
  'epci.repeated_siren': (n) =>
    `${counted(n, 'ligne')} EPCI ${n < 2 ? 'répète' : 'répètent'} un SIREN : seule la première ligne est écrite.`,
  'epci.wrong_siren': (n) =>
    `${counted(n, 'ligne')} EPCI ${n < 2 ? 'dont le SIREN ne peut pas être le sien' : 'dont le SIREN ne peut pas être le leur'} : rien n'est calculé pour ${n < 2 ? 'elle' : 'elles'}.`,
  'epci.unknown_siren': (n) =>
    `${n} EPCI ${n < 2 ? 'absent' : 'absents'} de la liste officielle : vérifiez le SIREN (EPCI dissous ou fusionné ?).`,
  'epci.dissolved': (n) =>
    `${n} EPCI ${n < 2 ? "n'existe" : "n'existent"} plus dans la liste officielle ; rien n'est déplacé : à vous de rattacher ${n < 2 ? 'ses' : 'leurs'} fiches.`,
  'epci.unknown_retained': (n) =>
    `${n} EPCI dont « Référentiel retenu » n'est pas l'un des trois référentiels : ${n < 2 ? 'ce choix ne compte pas' : 'ces choix ne comptent pas'}.`,
  'epci.odd_fragility': (n) =>
    `${n} EPCI dont la « Fragilité » n'est pas sur son échelle : ${n < 2 ? 'ce nombre ne compte pas' : 'ces nombres ne comptent pas'}.`,
  'epci.odd_figure': (n) =>
    `${n} EPCI dont un nombre est à vérifier. Négatif, ou aucun acteur attendu : il ne compte pas. Plus de personnes que d'invitées : la participation compte pour 100 %, ou pour rien si personne n'était invité.`,
  'day.no_date': (n) =>
    `${counted(n, 'journée')} sans date : ${n < 2 ? 'elle ne compte' : 'elles ne comptent'} pour rien tant que le jour n'est pas écrit.`,
  'day.no_epci': (n) =>
    `${counted(n, 'journée')} sans EPCI : ${n < 2 ? 'elle ne compte' : 'elles ne comptent'} pour aucun territoire.`,
  'referent.no_epci': (n) =>
    `${counted(n, 'personne')} de « Référents » sans EPCI : ${n < 2 ? 'elle ne compte' : 'elles ne comptent'} pour aucun territoire.`,
  'participant.no_day': (n) =>
    `${counted(n, 'ligne')} de « Participants » sans journée : ${n < 2 ? 'elle ne dit' : 'elles ne disent'} rien d'aucune journée.`,
  'diagnostic.no_epci': (n) =>
    `${counted(n, 'diagnostic')} sans EPCI : ${n < 2 ? 'il ne compte' : 'ils ne comptent'} pour aucun territoire.`,
  'diagnostic.repeated_date': (n) =>
    `${n} EPCI ${n < 2 ? 'a' : 'ont'} deux diagnostics du même jour : le dernier saisi compte.`,
  'diagnostic.future_date': (n) =>
    `${n} EPCI ${n < 2 ? 'a' : 'ont'} un diagnostic daté dans l'avenir : il ne compte pas, corrigez sa date.`,
  'condition.unknown_code': (n) =>
    `${counted(n, 'ligne')} de « Conditions de réussite » dont le code n'est plus dans config/success-conditions.yaml : ${n < 2 ? 'elle ne compte plus, supprimez-la' : 'elles ne comptent plus, supprimez-les'}.`,
  'schema.renamed': (n) =>
    `${counted(n, 'table ou colonne a été renommée', 'tables ou colonnes ont été renommées')} dans NocoDB.`,
}

const SHOWN = 20

/** What was found of one code. */
type Seen = {
  count: number
  readonly rows: number[]
  readonly elsewhere: Record<string, number[]>
  readonly more: string[]
}

/** Collects what a run finds odd; bounded, however large the base. `more` says of one row what the message cannot. */
export function issueLog(tables: ActorTables | null = null): {
  /** @param row 0: of none */
  add(code: Exclude<DataIssueCode, MemoryCode>, row: number, more?: string | null): void
  /** The same of a record, whichever table it is in. */
  addRecord(code: Exclude<DataIssueCode, MemoryCode>, id: RecordId): void
  all(): DataIssue[]
} {
  const seen = new Map<Exclude<DataIssueCode, MemoryCode>, Seen>()
  const note = (code: Exclude<DataIssueCode, MemoryCode>, row: number, table: string | null) => {
    const known = seen.get(code) ?? { count: 0, rows: [], elsewhere: {}, more: [] }
    seen.set(code, known)
    known.count += 1
    const rows = table === null ? known.rows : (known.elsewhere[table] ??= [])
    if (row > 0 && rows.length < SHOWN) rows.push(row)
    return known
  }
  return {
    add(code, row, more = null) {
      const known = note(code, row, null)
      if (more !== null && known.more.length < SHOWN) known.more.push(more)
    },
    addRecord(code, id) {
      const table = tables?.of(id)
      const row = tables?.rowOf(id) ?? id
      note(code, row, table === undefined || table.part === 0 ? null : table.title)
    },
    all() {
      return [...seen].map(([code, { count, rows, elsewhere, more }]) => ({
        code,
        message: typeset([MESSAGES[code](count), ...more].join(' ')),
        ...{ count, rows },
        ...(Object.keys(elsewhere).length === 0 ? {} : { elsewhere }),
      }))
    },
  }
}
