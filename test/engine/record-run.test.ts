import { expect, it } from 'vitest'
import { PortreaError } from '../../src/errors.ts'
import { badAnswer, brokenConnection } from '../../src/nocodb/failures.ts'
import { recordFailure } from '../../src/engine/record-run.ts'
import { doubleBase, settings } from '../helpers/double-base.ts'
import { plain } from '../helpers/plain.ts'

const WHERE = { root: 'http://nocodb.test', method: 'PATCH', path: '/api/v2/tables/m1/records' }
const answered = (status: number, message: string, error = 'ERR_DATABASE_OP_FAILED') =>
  badAnswer(WHERE, status, JSON.stringify({ error, message }), undefined).error
const { columns, title } = settings.columns.syncs

/** Words that are English and not French. */
const ENGLISH =
  /\b(the|is|was|not|of|and|with|this|that|row|column|disk|full|found|error|failed|cannot|lock(ed)?)\b/iu

it.each<[string, PortreaError, RegExp]>([
  [
    'NocoDB refused a row',
    answered(422, 'Invalid value for this column'),
    /NocoDB a refusé une demande \(HTTP 422\)/,
  ],
  ['NocoDB fell over', answered(500, 'The database is locked'), /HTTP 500/],
  ['a table went away', answered(422, "Table 'm1' not found", 'ERR_TABLE_NOT_FOUND'), /HTTP 422/],
  ['the token is refused', answered(401, 'Invalid token'), /NocoDB n'accepte plus le jeton/],
  [
    'the role is too weak',
    answered(403, 'Forbidden - the user is not allowed'),
    /donnez-lui le rôle « editor »/,
  ],
  [
    'a disk is full',
    new PortreaError('STORE_UNAVAILABLE', 'La mémoire x ne peut pas servir (database or disk is full).'),
    /la mémoire du service ne peut pas servir/,
  ],
  [
    'a fault of ours',
    new PortreaError('INTERNAL', 'TypeError: x is not a function'),
    /une erreur imprévue de Portrea/,
  ],
  [
    'what a person is to mend',
    new PortreaError('SCHEMA_MISMATCH', 'x', { faults: ['La colonne « Nom » a disparu.'] }),
    /La colonne « Nom » a disparu/,
  ],
])('says in the base, in French and nothing else, why a run failed: %s', async (_, failure, says) => {
  const test = await doubleBase({})
  const run = { id: 'run-1', startedAt: new Date('2026-11-24T10:00:00Z'), trigger: 'command' } as const
  await recordFailure(test.parts, run, failure)
  const [row] = [...test.double.table(title).rows()].map(([, cells]) => cells)
  const message = plain(String(row?.[columns.message.title]))
  expect(message).toMatch(says)
  expect(message.replace(/\(([A-Z_]+)\)/u, '').replace(/[«`][^»`]*[»`]/gu, '')).not.toMatch(ENGLISH)
})

it('writes nothing of an outage, in any words: NocoDB is away', async () => {
  const test = await doubleBase({})
  const { error } = brokenConnection(WHERE, Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }))
  await recordFailure(test.parts, { id: 'r', startedAt: new Date(), trigger: 'command' }, error)
  expect([...test.double.table(title).rows()]).toEqual([])
})
