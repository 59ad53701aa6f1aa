import { readHub } from '../../src/config/hub-file.ts'
import { readPapersSettings } from '../../src/config/papers-file.ts'
import { openPrintShop } from '../../src/papers/print-shop.ts'
import type { PrintShop } from '../../src/papers/print-shop.ts'
import type { PaperParts } from '../../src/http/day-paper-routes.ts'
import { CONFIG, rules } from './rules.ts'

/** A print shop with what ships in config/; `directory`: where other templates are. Close it after the test. */
export function testShop(directory = CONFIG): PrintShop {
  return openPrintShop({ directory, hub: readHub(directory), papers: readPapersSettings(CONFIG), rules })
}

/** A print shop beside a base without journées. */
export function noDays(shop: PrintShop): PaperParts {
  const none = async () => []
  return {
    ...{ shop, settings: readPapersSettings(CONFIG) },
    days: { day: async () => null, daysOf: none, participants: none, places: none },
  }
}
