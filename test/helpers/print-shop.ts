import { readHub } from '../../src/config/hub-file.ts'
import { readPapersSettings } from '../../src/config/papers-file.ts'
import { openPrintShop } from '../../src/papers/print-shop.ts'
import type { PrintShop } from '../../src/papers/print-shop.ts'
import { CONFIG, rules } from './rules.ts'

/** A print shop with what ships in config/; `directory`: where other templates are. Close it after the test. */
export function testShop(directory = CONFIG): PrintShop {
  return openPrintShop({ directory, hub: readHub(directory), papers: readPapersSettings(CONFIG), rules })
}
