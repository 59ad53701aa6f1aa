export type Server = {
  readonly url: string
  readonly token: string
  readonly engine: 'PostgreSQL' | 'SQLite'
}
export type ContractBase = { readonly id: string; readonly title: string }

type Answer = Record<string, unknown> & { id: string }

/** What people may have made of the keys: another title and type, beside a column of theirs that is called « Id ». */
export type Keys = { readonly title: string; readonly uidt: 'ID' | 'Number' }

/** A base of our own on that server: EPCI, Acteurs linked to them (every kind of column), and Lecture with many rows. */
export async function createContractBase(
  { url, token }: Server,
  rows: number,
  keys: Keys | null = null,
): Promise<ContractBase> {
  const call = async (method: string, path: string, body?: unknown): Promise<Answer> => {
    const headers = { 'xc-token': token, 'content-type': 'application/json' }
    const answer = await fetch(url + path, {
      method,
      headers,
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`)
    return JSON.parse(text) as Answer
  }
  const info = await call('GET', '/api/v1/meta/nocodb/info')
  const title = `Contract ${Date.now()} ${Math.random().toString(36).slice(2, 8)}`
  const base = await call('POST', `/api/v3/meta/workspaces/${String(info.ncDefaultWorkspaceId)}/bases`, {
    title,
  })
  const table = async (name: string, fields: unknown[]) =>
    (await call('POST', `/api/v3/meta/bases/${base.id}/tables`, { title: name, fields })).id
  const link = (parent: string, name: string, child: string) =>
    call('POST', `/api/v3/meta/bases/${base.id}/tables/${parent}/fields`, {
      title: name,
      type: 'Links',
      options: { relation_type: 'hm', related_table_id: child },
    })
  const epci = await table('EPCI', [field('Nom')])
  await link(epci, 'Acteurs', await table('Acteurs', ACTOR_FIELDS))
  const reading = await table('Lecture', [field('Nom'), field('Effectif', 'Number'), field('Autre')])
  await link(epci, 'Lectures', reading)
  const { fields } = await call('GET', `/api/v3/meta/bases/${base.id}/tables/${reading}`)
  const key =
    (fields as { title: string; type: string }[]).find(({ type }) => type === 'ForeignKey')?.title ?? ''
  if (keys !== null)
    for (const { id } of (await call('GET', `/api/v3/meta/bases/${base.id}/tables`)).list as Answer[]) {
      const { columns } = await call('GET', `/api/v2/meta/tables/${id}`)
      const key = (columns as Answer[]).find(({ pk }) => Boolean(pk))!
      await call('PATCH', `/api/v2/meta/columns/${key.id}`, { ...key, ...keys })
      const theirs = { title: 'Id', column_name: 'their_id', uidt: 'SingleLineText' }
      await call('POST', `/api/v2/meta/tables/${id}/columns`, theirs)
    }
  const insert = (id: string, records: unknown[]) => call('POST', `/api/v2/tables/${id}/records`, records)
  await insert(epci, [{ Nom: 'Un' }, { Nom: 'Deux' }, { Nom: 'Trois' }])
  for (let from = 0; from < rows; from += 100) {
    const size = Math.min(100, rows - from)
    await insert(
      reading,
      Array.from({ length: size }, (_, i) => readingRow(from + i, key)),
    )
  }
  return { id: base.id, title }
}

/** Row number `index` (its Id is one more): every third has no EPCI. */
function readingRow(index: number, foreignKey: string) {
  return { Nom: `Ligne ${index}`, Effectif: index, Autre: 'x', [foreignKey]: index % 3 || null }
}

function field(title: string, type = 'SingleLineText', options?: unknown) {
  return { title, type, ...(options === undefined ? {} : { options }) }
}

const choices = (...titles: string[]) => ({ choices: titles.map((title) => ({ title })) })

const ACTOR_FIELDS = [
  field('Nom'),
  field('Présentation (détail)', 'LongText'),
  field('Effectif', 'Number'),
  field('Complétude (%)', 'Decimal', { precision: 2 }),
  field('Actif', 'Checkbox'),
  field('Fraîcheur', 'SingleSelect', choices('À jour', 'À revoir', 'Ancienne')),
  field('Services', 'MultiSelect', choices('Aider', 'Former', 'Équiper')),
  field('Mise à jour', 'Date', { date_format: 'YYYY-MM-DD' }),
  field('Vu', 'DateTime', { date_format: 'YYYY-MM-DD', time_format: 'HH:mm' }),
  field('Courriel', 'Email'),
  field('Site', 'URL'),
  field('Téléphone', 'PhoneNumber'),
  { ...field('Code'), unique: true },
]
