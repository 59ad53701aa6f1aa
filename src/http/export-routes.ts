import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { EXPORT_FORMATS } from '../config/exports-file.ts'
import type { ExportFormat, ExportSettings } from '../config/exports-file.ts'
import { EXPORT_FILES } from '../exports/formats.ts'
import type { ServedExports } from '../exports/served-exports.ts'
import { problems } from './schemas/problem.ts'
import type { App } from './zod-routes.ts'

/** What is served; null: nothing is (config/exports.yaml). */
export type ExportParts = {
  readonly exports: ServedExports
  readonly settings: ExportSettings
} | null

const File = z.enum(EXPORT_FORMATS.map((format) => EXPORT_FILES[format].file))
const Siren = z.string().regex(/^\d{9}$/u)
const FORMATS: ReadonlyMap<string, ExportFormat> = new Map(
  EXPORT_FORMATS.map((format) => [EXPORT_FILES[format].file, format]),
)

const DESCRIPTION = `Only records that hold what the national standard requires, without those in which « Ne pas publier » is ticked, nor what it does not take in them; nothing of référents. Switched on in config/exports.yaml; open to all, with an ETag, from any page. Files: ${[...FORMATS.keys()].join(', ')}.`

/** GET /exports/{file} and /exports/{siren}/{file}: what others may harvest. */
export function exportRoutes(app: App, parts: ExportParts): void {
  const response = { ...problems(404) }
  app.get(
    '/exports/:file',
    {
      schema: {
        tags: ['exports'],
        summary: 'The records of all EPCI that may be given to others',
        description: DESCRIPTION,
        params: z.strictObject({ file: File }),
        response,
      },
    },
    async (request, reply) => send(request, reply, parts, request.params.file, null),
  )
  app.get(
    '/exports/:siren/:file',
    {
      schema: {
        tags: ['exports'],
        summary: 'The records of one EPCI that may be given to others',
        description: DESCRIPTION,
        params: z.strictObject({ siren: Siren, file: File }),
        response,
      },
    },
    async (request, reply) => send(request, reply, parts, request.params.file, request.params.siren),
  )
}

async function send(
  { headers }: FastifyRequest,
  reply: FastifyReply,
  parts: ExportParts,
  file: string,
  siren: string | null,
): Promise<FastifyReply> {
  const format = FORMATS.get(file)
  if (parts === null || format === undefined || !parts.settings.formats.includes(format))
    return notFound(reply)
  const served = await parts.exports.get(format, siren)
  if (served === null) return notFound(reply)
  reply.headers({
    etag: served.etag,
    'last-modified': served.since.toUTCString(),
    'cache-control': `public, max-age=${Math.round(parts.settings.minutes * 60)}`,
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
  })
  if (isKnown(headers['if-none-match'], served.etag)) return reply.code(304).send()
  const name = siren === null ? file : `${siren}-${file}`
  return reply
    .header('content-disposition', `inline; filename="${name}"`)
    .type(EXPORT_FILES[format].type)
    .send(served.body)
}

function notFound(reply: FastifyReply): FastifyReply {
  reply.callNotFound()
  return reply
}

/** Whether the one who asks has this content already (RFC 9110, 13.1.2). */
function isKnown(header: string | undefined, etag: string): boolean {
  const tags = header?.split(',').map((tag) => tag.trim().replace(/^W\//u, '')) ?? []
  return tags.includes(etag) || tags.includes('*')
}
