import { z } from 'zod'
import { ask } from './http.ts'
import type { Http } from './http.ts'

const Info = z.object({ ncSiteUrl: z.string().nullish(), dashboardPath: z.string().nullish() })

/** Where people open NocoDB: what the server says of itself (its NC_PUBLIC_URL), else where we reach it. */
export async function dashboardAddress(http: Http): Promise<string> {
  const { ncSiteUrl, dashboardPath } = await ask(
    http,
    { method: 'GET', path: '/api/v1/meta/nocodb/info' },
    Info,
  )
  return `${(ncSiteUrl || http.url).replace(/\/*$/, '')}${dashboardPath || '/dashboard'}`
}

/** Where a view opens in a browser. */
export function viewAddress(dashboard: string, baseId: string, tableId: string, viewId: string): string {
  return `${baseAddress(dashboard, baseId)}/${tableId}/${viewId}`
}

const opened = new WeakMap<Http, Promise<string>>()

/** Where people open NocoDB, asked of the server once for each connection; one that fails is asked again. */
export function knownDashboard(http: Http): Promise<string> {
  const known = opened.get(http)
  if (known !== undefined) return known
  const asked = dashboardAddress(http)
  opened.set(http, asked)
  asked.catch(() => opened.delete(http))
  return asked
}

/** Where a base opens in a browser. */
export function baseAddress(dashboard: string, baseId: string): string {
  return `${dashboard}/#/nc/${baseId}`
}
