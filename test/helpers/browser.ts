import axe from 'axe-core'
import { onTestFinished } from 'vitest'
import type { Browser, Page } from 'playwright-core'
import type { FastifyInstance } from 'fastify'
import { chromiumPath, openChromium } from '../../scripts/seen/nocodb-page.ts'

/** Whether there is a browser on this machine to look at pages with. */
export const HAS_BROWSER = chromiumPath() !== null

let opened: Promise<Browser> | null = null

/** One browser for the tests of a file; `closeBrowser` after all of them. */
function browser(): Promise<Browser> {
  return (opened ??= openChromium(chromiumPath()!))
}

/** Closes the browser of this file. */
export async function closeBrowser(): Promise<void> {
  const last = opened
  opened = null // the next file opens its own: a module is loaded once for all of them
  await (await last)?.close()
}

/** How a page is looked at. */
export type Look = {
  readonly width?: number
  readonly dark?: boolean
}

/** A page of a server of its own, of somebody who has signed in; closed after the test. */
export async function pageOn(
  server: FastifyInstance,
  person: { readonly email: string; readonly password: string },
  { width = 1440, dark = false }: Look = {},
): Promise<{ page: Page; at: string }> {
  const at = await server.listen({ host: '127.0.0.1', port: 0 })
  const context = await (
    await browser()
  ).newContext({
    ...{ viewport: { width, height: 900 }, colorScheme: dark ? 'dark' : 'light', locale: 'fr-FR' },
  })
  onTestFinished(() => context.close())
  const page = await context.newPage()
  await page.goto(at)
  await page.getByLabel('Courriel').fill(person.email)
  await page.getByLabel('Mot de passe').fill(person.password)
  await page.keyboard.press('Enter')
  await page.waitForURL(`${at}/`)
  return { page, at }
}

/** What axe finds wrong with a page, a line each. */
export async function axeFaults(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: typeof axe }).axe.run({ resultTypes: ['violations'] }),
  )
  return violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes.map(({ target, failureSummary }) => `${target.join(' ')} ${failureSummary ?? ''}`).join(' | ')}`,
  )
}

/** By how many pixels a page is wider than its window. */
export function overflow(page: Page): Promise<number> {
  return page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth')
}
