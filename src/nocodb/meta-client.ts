import type { Api } from 'nocodb-sdk'
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
  const { list } = await (await openMeta(http)).base.list()
  const found = list.find((base) => base.title === title)
  if (found?.id !== undefined) return found.id
  const made = await (await openMeta(http)).base.create({ title })
  return made.id ?? ''
}
