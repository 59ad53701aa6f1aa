import { fileURLToPath } from 'node:url'
import { readRules } from '../../src/config/rules-file.ts'

/** The folder config/ of this checkout. */
export const CONFIG = fileURLToPath(new URL('../../config', import.meta.url))

/** The rules that ship, read once for a test file. */
export const rules = readRules(CONFIG)
