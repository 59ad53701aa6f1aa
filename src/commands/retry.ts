import { counted, typeset } from '../domain/typography.ts'
import { openStore } from '../store/database.ts'
import { countInbox, retryFailed } from '../store/inbox.ts'
import { open } from './base-options.ts'
import type { CommonOptions } from './base-options.ts'
import { print, say } from './output.ts'

/** `portrea retry`: what was given up is tried again by the running service, within a second; what waits, too. */
export async function retry(options: CommonOptions): Promise<number> {
  const { environment } = open(options, [])
  const store = await openStore({
    dataDir: environment.PORTREA_DATA_DIR,
    databaseUrl: environment.DATABASE_URL,
  })
  try {
    const { failed, waiting } = await retryFailed(store, new Date())
    if (options.json) {
      const { failed: dead, ...left } = await countInbox(store)
      print({ retried: failed, hastened: waiting, inbox: { ...left, dead } })
    } else say(typeset(sentence(failed, waiting)))
    return 0
  } finally {
    await store.close()
  }
}

function sentence(failed: number, waiting: number): string {
  if (failed + waiting === 0) return 'Rien à renvoyer.'
  const soon = waiting === 0 ? '' : ` ; ${counted(waiting, 'autre')} n'attendra plus son prochain essai`
  const plural = waiting < 2 ? soon : soon.replace("n'attendra plus son", "n'attendront plus leur")
  return `${counted(failed, 'ligne abandonnée renvoyée', 'lignes abandonnées renvoyées')}${plural}. Le service s'en occupe dès qu'il tourne.`
}
