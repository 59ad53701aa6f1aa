import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'
import { SECRET_HEADER } from '../nocodb/webhook-payload.ts'
import { packageVersion } from '../version.ts'

/** The security of a route that asks for the bearer token. */
export const BEARER = [{ bearer: [] }]

/** Swagger's page styles itself as it goes; all of it is served from here. */
const DOCS_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

const DESCRIPTION = `Completeness, maturity, recommended référentiel and workload of every EPCI: the figures that NocoDB shows, with what explains them.

Percentages are 0–100, shares 0–1; null means unknown, never zero. What a person reads is French. Errors are \`application/problem+json\` (RFC 9457) with a permanent \`code\`.`

/** Describes the routes registered after it: /openapi.json and /docs. */
export async function describeRoutes(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Portrea',
        version: packageVersion(),
        description: DESCRIPTION,
        license: { name: 'MIT', identifier: 'MIT' },
      },
      servers: [{ url: '/', description: 'this service' }],
      tags: [
        { name: 'epcis', description: 'What is known and recommended of each EPCI' },
        { name: 'recommendations', description: 'What if' },
        { name: 'syncs', description: 'The main job' },
        { name: 'exports', description: 'What others may harvest' },
        { name: 'webhooks', description: 'What NocoDB tells' },
        { name: 'events', description: 'The live feed' },
        { name: 'service', description: 'Health, metrics, documentation' },
      ],
      components: {
        securitySchemes: {
          bearer: { type: 'http', scheme: 'bearer', description: 'PORTREA_API_TOKEN' },
          webhook: {
            ...{ type: 'apiKey', in: 'header', name: SECRET_HEADER },
            description: 'PORTREA_WEBHOOK_SECRET',
          },
        },
      },
    },
    transform: jsonSchemaTransform,
    transformObject: (document) => withoutUnused(jsonSchemaTransformObject(document)),
  })
  await app.register(swaggerUi, { routePrefix: '/docs', staticCSP: DOCS_POLICY, theme: { title: 'Portrea' } })
  app.route({
    method: 'GET',
    url: '/openapi.json',
    schema: { tags: ['service'], summary: 'This document' },
    handler: async () => app.swagger(),
  })
}

/** Each schema comes twice, for what is read and for what is answered: the one that nothing refers to goes. */
function withoutUnused<Document extends object>(document: Document): Document {
  const { components } = document as { components?: { schemas?: Record<string, unknown> } }
  const schemas = Object.entries(components?.schemas ?? {})
  const text = JSON.stringify(document)
  const used = schemas.filter(([name]) => text.includes(`"#/components/schemas/${name}"`))
  if (used.length === schemas.length) return document
  return withoutUnused({ ...document, components: { ...components, schemas: Object.fromEntries(used) } })
}
