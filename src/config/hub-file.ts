import { existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { typeset } from '../domain/typography.ts'
import { PortreaError } from '../errors.ts'
import { readYamlFile } from './yaml-file.ts'

const text = z.string().trim().min(1).max(200)

const line = text.nullable().default(null)

/** What the pages of information name; null: they say that it is to be filled in. */
const LegalFile = z.strictObject({
  publisher: line.describe('who publishes the service; null: `name`'),
  director: line.describe('who answers for what is published'),
  host: line.describe('who hosts it: name, address, telephone'),
  dataProtection: line.describe('the mailbox or address of the data protection officer'),
  security: line.describe(
    'where faults of security are told: a mailbox, or an https address; null: `contact`',
  ),
})
export type Legal = Readonly<z.infer<typeof LegalFile>>
const NO_LEGAL: Legal = LegalFile.parse({})

/** config/hub.yaml: who prints the papers, and who answers for the service. */
export const HubFile = z.strictObject({
  name: text.nullable().default(null),
  contact: text.nullable().default(null),
  logo: z
    .strictObject({
      file: z.string().regex(/^[\w.-]+\.(?:png|svg)$/iu, {
        error: 'est un fichier PNG ou SVG du dossier config/, « logo.svg »',
      }),
      description: text,
    })
    .nullable()
    .default(null),
  legal: LegalFile.nullable().default(null),
})

/** The Hub, its logo read: `name` is a file name by its kind. */
export type Hub = {
  readonly name: string | null
  readonly contact: string | null
  readonly legal: Legal
  readonly logo: { readonly name: string; readonly bytes: Uint8Array; readonly description: string } | null
}

/** A larger picture would weigh on every paper. */
const LARGEST = 1_000_000

/** Reads config/hub.yaml and the logo; a folder kept from before has none: nothing is printed of it. Throws CONFIG_INVALID. */
export function readHub(directory: string): Hub {
  const path = join(directory, 'hub.yaml')
  if (!existsSync(path)) return { name: null, contact: null, logo: null, legal: NO_LEGAL }
  const { value, faults } = readYamlFile(path, HubFile)
  if (value === null) throw invalid(directory, faults)
  const { name, contact, logo } = value
  const legal = value.legal ?? NO_LEGAL
  if (logo === null) return { name, contact, legal, logo: null }
  const kind = logo.file.toLowerCase().endsWith('.png') ? 'png' : 'svg'
  const bytes = pictureOf(directory, logo.file, kind)
  return { name, contact, legal, logo: { name: `logo.${kind}`, bytes, description: logo.description } }
}

function pictureOf(directory: string, file: string, kind: 'png' | 'svg'): Uint8Array {
  let bytes: Buffer
  try {
    bytes = readFileSync(join(directory, file))
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    throw logoFault(
      directory,
      `le logo ${basename(file)} ne peut pas être lu (${code}) : posez-le à côté de hub.yaml.`,
    )
  }
  if (bytes.length > LARGEST) throw logoFault(directory, `le logo ${file} pèse plus de 1 Mo : réduisez-le.`)
  const isPng = bytes.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))
  const isSvg = /<svg[\s>]/u.test(bytes.subarray(0, 4096).toString('utf8'))
  if (kind === 'png' ? !isPng : !isSvg)
    throw logoFault(
      directory,
      `le logo ${file} n'est pas une image ${kind.toUpperCase()} : enregistrez-le dans ce format.`,
    )
  return bytes
}

function logoFault(directory: string, text: string): PortreaError {
  return invalid(directory, [typeset(`hub.yaml: logo : ${text}`)])
}

function invalid(directory: string, faults: readonly string[]): PortreaError {
  return new PortreaError('CONFIG_INVALID', `${directory}/hub.yaml est à corriger.`, { faults })
}
