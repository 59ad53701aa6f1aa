import type { Api } from 'nocodb-sdk'
import { PortreaError } from '../errors.ts'
import type { Http, Method } from './http.ts'

/** NocoDB's own SDK, for what it serves best: tables, columns, views, webhooks, tokens. */
export type MetaClient = Api<unknown>

/**
 * The SDK over our connections, so that its calls have the same token, time limits, retries and errors as all others.
 * It is heavy (about 0.5 s and 50 MB): loaded here, when first needed.
 */
export async function openMeta(http: Http): Promise<MetaClient> {
  const { default: sdk } = await import('nocodb-sdk')
  return new sdk.Api({
    baseURL: http.url,
    adapter: async (config) => {
      const data = await http.send<unknown>({
        method: (config.method ?? 'get').toUpperCase() as Method,
        path: config.url ?? '/',
        query: config.params ?? {},
        ...(config.data === undefined ? {} : { body: JSON.parse(config.data) }),
      })
      return { data, status: 200, statusText: 'OK', headers: {}, config }
    },
  })
}

/** The id of the base with this title, made where there is none. */
export async function createBase(http: Http, title: string): Promise<string> {
  const meta = await openMeta(http)
  const { list } = await meta.base.list()
  const base = list.find((one) => one.title === title) ?? (await meta.base.create({ title }))
  if (base.id !== undefined) return base.id
  throw new PortreaError(
    'NOCODB_UNAVAILABLE',
    `NocoDB ne donne pas d’identifiant à la base « ${title} » : créez-la à la main.`,
  )
}
