import { z } from 'zod'
import { answerOf } from '../failures.ts'
import { ask } from '../http.ts'
import type { Http } from '../http.ts'

const flag = z.union([z.boolean(), z.number()]).nullish().transform(Boolean)
const Sources = z.object({
  list: z.array(
    z.looseObject({
      id: z.string(),
      alias: z.string().nullish(),
      order: z.number().nullish(),
      is_schema_readonly: flag,
      is_data_readonly: flag,
    }),
  ),
})

/** A database behind a base: the base's own is the first, where new tables go; people may attach others to it. */
export type Source = {
  readonly id: string
  /** As people see it; null: the base's own, which has none. */
  readonly name: string | null
  /** What NocoDB refuses there. */
  readonly readOnly: { readonly schema: boolean; readonly data: boolean }
}

/** The sources of a base, its own first; none where the server does not tell them, or not to this token. */
export async function readSources(http: Http, baseId: string): Promise<readonly Source[]> {
  try {
    const { list } = await ask(http, { method: 'GET', path: `/api/v2/meta/bases/${baseId}/sources` }, Sources)
    return list
      .toSorted((one, other) => (one.order ?? 0) - (other.order ?? 0))
      .map(({ id, alias, is_schema_readonly: schema, is_data_readonly: data }) => ({
        ...{ id, name: alias ?? null, readOnly: { schema, data } },
      }))
  } catch (error) {
    const status = answerOf(error)?.status
    if (status === 401 || status === 403 || status === 404) return []
    throw error
  }
}
