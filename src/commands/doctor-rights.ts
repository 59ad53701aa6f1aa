import { desiredBase } from '../app.ts'
import { namedActors } from '../config/columns-file.ts'
import { counted, frenchList } from '../domain/typography.ts'
import type { Base } from '../nocodb/base.ts'
import { BUILDERS, rowsBy, tokenUser } from '../nocodb/token-user.ts'
import { planProvision } from '../nocodb/provision/provision.ts'
import type { Opening } from './base-options.ts'
import { advice, fault, fine } from './doctor-check.ts'
import type { Check } from './doctor-check.ts'

/** Whether the token may do what is asked of it, and no more: an editor's to run, a creator's to complete the base. */
export async function rights(base: Base, opening: Opening): Promise<Check> {
  const { roles, superAdmin } = await tokenUser(base.http, base.id)
  const detail = `rôle du jeton : ${frenchList(roles) || 'aucun'}${superAdmin ? ', et super-administrateur du serveur' : ''}`
  const builds = roles.some((role) => BUILDERS.includes(role))
  if (!builds && !roles.includes('editor'))
    return fault(
      'rights',
      detail,
      'Ce jeton ne peut pas écrire : donnez à son compte le rôle « editor » (« creator » pour `provision`).',
    )
  const complete = await isComplete(base, opening)
  if (!builds && !complete)
    return fault(
      'rights',
      detail,
      'La base est à compléter, et ce jeton ne le peut pas : donnez à son compte le rôle « creator » le temps de `provision`.',
    )
  if (!complete) return fine('rights', `${detail}, ce qu'il faut pour \`provision\``)
  if (superAdmin)
    return advice(
      'rights',
      detail,
      "C'est bien plus qu'il n'en faut : ce jeton ouvre toutes les bases du serveur. Donnez au service un compte à lui, « editor » de cette base.",
    )
  if (builds)
    return advice(
      'rights',
      detail,
      "C'est plus qu'il n'en faut pour tourner : la base est complète, repassez ce compte en « editor ».",
    )
  return fine('rights', `${detail}, ce qu'il faut pour tourner`)
}

async function isComplete(base: Base, { settings, environment }: Opening): Promise<boolean> {
  const desired = desiredBase(settings, { publicUrl: environment.PORTREA_PUBLIC_URL })
  return (await planProvision(base, desired)).steps.length === 0
}

/** Whether what the service writes can be told from what people write: by its account, « Modifié par » in NocoDB. */
export async function writer(base: Base, { settings }: Opening): Promise<Check> {
  const { id, email } = await tokenUser(base.http, base.id)
  const records = namedActors(settings.columns).flatMap(({ title }) => base.tables.get(title) ?? [])
  const territories = base.tables.get(settings.columns.epcis.title)
  const detail = `les écritures sont signées ${email ?? 'par un compte sans adresse'}`
  if (id === null || records.length === 0 || territories === undefined) return fine('writer', detail)
  const [typed, written] = await Promise.all([
    Promise.all(records.map((table) => rowsBy(base, table, 'CreatedBy', id))),
    rowsBy(base, territories, 'LastModifiedBy', id),
  ])
  const made = typed.reduce<number>((sum, rows) => sum + (rows ?? 0), 0)
  if (made > 0)
    return advice(
      'writer',
      `${detail}, qui a aussi créé ${counted(made, 'fiche')}`,
      "Si ce compte sert à une personne, donnez au service un compte à lui : ses écritures se distingueront de celles des gens (« Modifié par », et l'historique de chaque ligne).",
    )
  return fine(
    'writer',
    written === null ? detail : `${detail} (lignes d'EPCI écrites par ce compte en dernier : ${written})`,
  )
}
