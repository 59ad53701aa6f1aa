import { createRequire } from 'node:module'
import type { Api } from 'nocodb-sdk'

export type SdkRead = {
  readonly url: string
  readonly token: string
  readonly table: string
  /** After this many seconds, and `enough` rows, it may stop. */
  readonly seconds: number
  readonly enough: number
}

type List = {
  readonly list: readonly unknown[]
  readonly pageInfo: { readonly isLastPage?: boolean }
}

/** The loop of the SDK's examples, at its defaults: 25 rows a page, every column; answers how many rows it read. */
export async function sdkRead({ url, token, table, seconds, enough }: SdkRead): Promise<number> {
  const sdk = createRequire(import.meta.url)('nocodb-sdk') as { Api: new (options: object) => Api<unknown> }
  const api = new sdk.Api({ baseURL: url, headers: { 'xc-token': token } })
  const end = performance.now() + seconds * 1000
  let rows = 0
  for (;;) {
    const { list, pageInfo } = (await api.dbDataTableRow.list(table, { offset: rows })) as List
    rows += list.length
    if (pageInfo.isLastPage || (rows >= enough && performance.now() > end)) return rows
  }
}
