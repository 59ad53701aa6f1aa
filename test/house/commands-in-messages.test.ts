import { globSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const COMMENT = /^\s*(?:\*|\/\/|\/\*)/u
/** French has letters and signs that English lacks; what only logs and metrics say is in English. */
const FRENCH = /[éèêàùçôîœ«’]|lancez|voyez/iu
const NAMED =
  /(?<!--\s)(?<![\w/.-])portrea (?:adopt|provision|sync|doctor|remove|retry|purge|upgrade|import|export|serve|mail|webhooks|rules|assess|explain|check-config)\b/u

describe('a message in French that names a command', () => {
  it('holds it as it can be copied: npm run -s portrea -- …', () => {
    const found = globSync('src/**/*.ts').flatMap((path) =>
      readFileSync(path, 'utf8')
        .split('\n')
        .flatMap((line, at) =>
          !COMMENT.test(line) &&
          FRENCH.test(line) &&
          (NAMED.test(line) || /ancez (?:adopt|provision|sync)\b/u.test(line))
            ? [`${path}:${at + 1}: ${line.trim()}`]
            : [],
        ),
    )
    expect(found).toEqual([])
  })
})
