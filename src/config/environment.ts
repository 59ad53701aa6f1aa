import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { z } from 'zod'
import { PortreaError } from '../errors.ts'
import { typeset } from '../domain/typography.ts'
import { inFrench } from './in-french.ts'

const text = z.string().trim().min(1)
/** What travels in an HTTP header: a space or an accent there would never arrive as it was written. */
const token = text.regex(
  /^[\x21-\x7e]+$/,
  'contient une espace ou un signe hors ASCII ; n’y mettez que lettres sans accent, chiffres et ponctuation',
)
const secret = token.min(8, 'est trop court ; il faut au moins 8 caractères')

const PROXY_FAULT = 'doit nommer des adresses ou des réseaux (10.0.0.2, 10.0.0.0/8), ou loopback, uniquelocal'

const Variables = z.object({
  NOCODB_URL: z
    .url({ protocol: /^https?$/, error: 'doit être une adresse http(s), comme https://nocodb.exemple.fr' })
    .optional(),
  NOCODB_TOKEN: token.optional(),
  NOCODB_BASE: text.default('Portrea'),
  PORTREA_WEBHOOK_SECRET: text
    .transform((value) => value.split(',').map((one) => one.trim()))
    .pipe(z.array(secret).min(1))
    .optional(),
  PORTREA_API_TOKEN: secret.optional(),
  PORTREA_SESSION_SECRET: secret.optional(),
  PORTREA_PUBLIC_URL: z.url({ protocol: /^https?$/, error: 'doit être une adresse http(s)' }).optional(),
  PORTREA_WEBHOOK_URL: z.url({ protocol: /^https?$/, error: 'doit être une adresse http(s)' }).optional(),
  PORTREA_TRUSTED_PROXIES: text
    .transform((value) => value.split(',').map((one) => one.trim()))
    .pipe(z.array(z.string().refine(isProxy, PROXY_FAULT)))
    .optional(),
  HOST: text.default('127.0.0.1'),
  PORT: z.coerce.number({ error: 'doit être un numéro de port' }).int().min(0).max(65535).default(3000),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).optional(),
  PORTREA_DATA_DIR: text.default('./var'),
  DATABASE_URL: z
    .url({
      protocol: /^postgres(ql)?$/,
      error: 'doit s’écrire postgres://utilisateur:motdepasse@machine:port/base',
    })
    .optional(),
  PORTREA_SMTP_URL: z
    .url({
      protocol: /^smtps?$/,
      error: 'doit s’écrire smtp://utilisateur:motdepasse@machine:port, ou smtps://…',
    })
    .optional(),
  PORTREA_CRON: text.default('0 3 * * *'),
  PORTREA_FRAGILITY_FILE: text.optional(),
})

/** The checked environment: types inferred, secrets already read from their files. */
export type Environment = Readonly<z.infer<typeof Variables>>
/** A variable that this service reads. */
export type VariableName = keyof typeof Variables.shape

/** Variables whose value may come from a file named in `<NAME>_FILE`. */
const SECRETS = [
  'NOCODB_TOKEN',
  'PORTREA_WEBHOOK_SECRET',
  'PORTREA_API_TOKEN',
  'PORTREA_SESSION_SECRET',
  'DATABASE_URL',
  'PORTREA_SMTP_URL',
] as const

/**
 * Reads the environment once and names every faulty or missing variable at once (CONFIG_INVALID).
 * @param required the variables that the command cannot do without
 * @param over what counts instead of the environment's own (the demo's addresses, say)
 */
export function readEnvironment(
  required: readonly VariableName[],
  source: NodeJS.ProcessEnv = process.env,
  over: Readonly<Record<string, string>> = {},
): Environment {
  const faults: string[] = []
  const given = withSecretFiles({ ...source, ...over }, faults)
  const result = Variables.safeParse(given, { error: inFrench })
  if (!result.success)
    faults.push(...result.error.issues.map((issue) => `${String(issue.path[0])} : ${issue.message}`))
  for (const name of required)
    if (given[name] === undefined && !(result.success && result.data[name] !== undefined))
      faults.push(
        `${name} : absente ; donnez-la${isSecret(name) ? `, ou donnez à ${name}_FILE le chemin d’un fichier qui la contient` : ''}`,
      )
  if (!result.success || faults.length > 0)
    throw new PortreaError('CONFIG_INVALID', 'L’environnement est à compléter.', {
      faults: [...new Set(faults)].map(typeset),
    })
  return Object.freeze(result.data)
}

/** Where config/ is, for the commands that need nothing else of the environment; null: beside the code. */
export function configDirectoryVariable(source: NodeJS.ProcessEnv = process.env): string | null {
  return source['PORTREA_CONFIG_DIR']?.trim() || null
}

/** A value that a file of config/ keeps elsewhere: in a variable, or in a file of its own; null: not there, or empty. */
export function valueElsewhere(
  where: { readonly env: string } | { readonly file: string },
  source: NodeJS.ProcessEnv = process.env,
): string | null {
  if ('env' in where) return source[where.env]?.trim() || null
  try {
    return readFileSync(where.file, 'utf8').trim() || null
  } catch {
    return null // the caller names the file
  }
}

/** Empty variables count as absent (docker compose passes them so). */
function withSecretFiles(source: NodeJS.ProcessEnv, faults: string[]): Record<string, string> {
  const given = Object.entries(source).flatMap(([name, value]) =>
    value?.trim() ? [[name, value] as const] : [],
  )
  const values: Record<string, string> = Object.fromEntries(given)
  for (const name of SECRETS) {
    const path = values[`${name}_FILE`]
    if (path === undefined) continue
    try {
      values[name] ??= readFileSync(path, 'utf8').trim()
    } catch (cause) {
      faults.push(`${name}_FILE : ${path} ne peut pas être lu (${(cause as NodeJS.ErrnoException).code})`)
    }
  }
  return values
}

/** An address, a network, or a name that Fastify knows; never every address: anyone could then say anything. */
function isProxy(text: string): boolean {
  if (/^(?:loopback|linklocal|uniquelocal)$/u.test(text)) return true
  const [address = '', bits, ...more] = text.split('/')
  const family = isIP(address)
  if (family === 0 || more.length > 0) return false
  if (bits === undefined) return true
  return /^\d{1,3}$/u.test(bits) && Number(bits) >= 1 && Number(bits) <= (family === 4 ? 32 : 128)
}

function isSecret(name: string): boolean {
  return (SECRETS as readonly string[]).includes(name)
}
