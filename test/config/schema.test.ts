import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { schemaFiles } from '../../scripts/config-schemas.ts'
import { CONFIG } from '../helpers/rules.ts'

describe('the JSON Schemas that editors check config/ with', () => {
  it.each(schemaFiles())('$file says what the service accepts', ({ file, text }) => {
    expect(JSON.parse(readFileSync(join(CONFIG, file), 'utf8'))).toEqual(JSON.parse(text))
  })
})
