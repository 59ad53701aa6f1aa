import { describe, expect, it } from 'vitest'
import { MailFile, readMailSettings } from '../../src/config/mail-file.ts'
import { CONFIG } from '../helpers/rules.ts'

const shipped = readMailSettings(CONFIG)!

describe('config/mail.yaml', () => {
  it('ships switched off', () => expect(shipped.enabled).toBe(false))

  it('is not asked of a folder kept from before', () => expect(readMailSettings('/nowhere')).toBeNull())

  it.each<[string, object, boolean]>([
    ['on without an address', { enabled: true }, false],
    ['on with one', { enabled: true, from: 'Hub <a@b.fr>' }, true],
    ['an address that is none', { from: 'Hub' }, false],
    ['two headers', { from: 'Hub\nBcc: x <a@b.fr>' }, false],
    ['two lines of subject', { subject: 'a\nb' }, false],
    ['a word in braces that is not known', { intro: 'Bonjour {prenom}' }, false],
    ['a brace alone', { intro: 'Bonjour {nom' }, false],
    ['a day in French', { day: 'lundi' }, false],
  ])('%s', (_, change, fits) => {
    expect(MailFile.safeParse({ ...shipped, ...change }).success).toBe(fits)
  })
})
