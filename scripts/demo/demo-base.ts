import type { Logger } from 'pino'
import { desiredBase } from '../../src/app.ts'
import type { Settings } from '../../src/app.ts'
import { openBase } from '../../src/nocodb/base.ts'
import type { Base } from '../../src/nocodb/base.ts'
import { baseAddress } from '../../src/nocodb/dashboard.ts'
import { openHttp } from '../../src/nocodb/http.ts'
import type { Http } from '../../src/nocodb/http.ts'
import { createBase } from '../../src/nocodb/meta-client.ts'
import type { WebhookTarget } from '../../src/nocodb/provision/desired-webhooks.ts'
import { provision } from '../../src/nocodb/provision/provision.ts'

/** The base of the last run where it is still there, else the one named « Portrea », made where there is none. */
export async function ensureBase(
  url: string,
  token: string,
  before: string | null,
  settings: Settings,
  log: Logger,
): Promise<string> {
  const http = openHttp(url, token, settings.nocodb, log)
  try {
    return (await stillThere(http, before)) ? before! : await createBase(http, 'Portrea')
  } finally {
    http.close()
  }
}

/** Where the service answers people, and NocoDB. */
type Leads = { readonly publicUrl: string; readonly target: WebhookTarget }

/** Opens the base and completes its tables, columns, views and webhooks; answers how many steps that took. */
export async function openProvisioned(
  connection: { url: string; token: string; base: string },
  settings: Settings,
  leads: Leads,
  log: Logger,
  onStep: (number: number, total: number) => void,
): Promise<{ base: Base; steps: number }> {
  const base = await openBase(connection, settings.nocodb, log)
  try {
    const steps = await completeBase(base, settings, leads, onStep)
    return { base, steps }
  } catch (cause) {
    await base.close()
    throw cause
  }
}

/** Completes the open base, with the views that follow from its rows; answers how many steps that took. */
export async function completeBase(
  base: Base,
  settings: Settings,
  leads: Leads,
  onStep: (number: number, total: number) => void,
): Promise<number> {
  const { done } = await provision(base, desiredBase(settings, leads), {
    onStep: ({ number, total }) => onStep(number, total),
  })
  return done
}

/** Where a view opens in a browser; the table's first view where it has none of that title. */
export async function viewAddress(base: Base, table: string, view: string): Promise<string> {
  const { id } = base.table(table)
  const { list } = await base.http.send<{ list: { id: string; title: string }[] }>({
    method: 'GET',
    path: `/api/v2/meta/tables/${id}/views`,
  })
  const found = list.find(({ title }) => title === view)
  const address = `${baseAddress(`${base.http.url}/dashboard`, base.id)}/${id}`
  return found === undefined ? address : `${address}/${found.id}`
}

async function stillThere(http: Http, id: string | null): Promise<boolean> {
  if (id === null) return false
  const { list } = await http.send<{ list: { id: string }[] }>({ method: 'GET', path: '/api/v2/meta/bases/' })
  return list.some((base) => base.id === id)
}
