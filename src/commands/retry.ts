import { counted, typeset } from '../domain/typography.ts'
import { openStore } from '../store/database.ts'
import { countInbox, retryInbox } from '../store/inbox.ts'
import { open } from './base-options.ts'
import type { CommonOptions } from './base-options.ts'
import { print, say } from './output.ts'

/** `portrea retry`: what was given up is tried anew by the running service, within a second; what waits, too. */
export async function retry(options: CommonOptions): Promise<number> {
  const { environment } = open(options, [])
  const store = await openStore({
    dataDir: environment.PORTREA_DATA_DIR,
    databaseUrl: environment.DATABASE_URL,
  })
  try {
    const { dead, waiting } = await retryInbox(store, new Date())
    if (options.json) print({ retried: dead, hastened: waiting, inbox: await countInbox(store) })
    else say(typeset(sentence(dead, waiting)))
    return 0
  } finally {
    await store.close()
  }
}

function sentence(dead: number, waiting: number): string {
  if (dead + waiting === 0) return 'Rien à renvoyer.'
  const soon = waiting === 0 ? '' : ` ; ${counted(waiting, 'autre')} n'attendra plus son prochain essai`
  const plural = waiting < 2 ? soon : soon.replace("n'attendra plus son", "n'attendront plus leur")
  return `${counted(dead, 'ligne abandonnée renvoyée', 'lignes abandonnées renvoyées')}${plural}. Le service s'en occupe dès qu'il tourne.`
}
