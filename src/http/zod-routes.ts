import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyBaseLogger, FastifyInstance, FastifySchemaCompiler, RawServerDefault } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type { z } from 'zod'
import { inputInvalid } from '../domain/rules/situation.ts'
import { notAccepted } from './messages.ts'

/** An application whose routes are described, and typed, by zod schemas. */
export type App = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>

/**
 * Makes zod read what comes in. What goes out is sent as it is, to the last digit: its schemas are its
 * documentation, and the tests hold the answers against them.
 */
export function withZod(app: FastifyInstance): App {
  app.setValidatorCompiler(validator)
  app.setSerializerCompiler(() => JSON.stringify)
  return app.withTypeProvider<ZodTypeProvider>()
}

const validator: FastifySchemaCompiler<z.ZodType> = ({ schema, httpPart }) => {
  return (data: unknown) => {
    const { success, data: value, error } = schema.safeParse(data)
    if (success) return { value }
    return { error: inputInvalid(notAccepted(httpPart ?? ''), error) }
  }
}
