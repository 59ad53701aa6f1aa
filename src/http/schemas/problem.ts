import { z } from 'zod'

/** Every error: application/problem+json, RFC 9457. */
export const Problem = z
  .strictObject({
    type: z.literal('about:blank'),
    title: z.string().describe('what the status means'),
    status: z.int().meta({ example: 404 }),
    code: z.string().describe('permanent: hold on to this').meta({ example: 'EPCI_NOT_FOUND' }),
    detail: z.string().describe('what went wrong and what to do; free to change'),
    request: z.string().describe('id of the request, as in the log and in the header x-request-id'),
    errors: z
      .array(z.strictObject({ path: z.string(), message: z.string() }))
      .optional()
      .describe('what was refused in the input, one entry a fault'),
  })
  .meta({ id: 'Problem', description: 'An error (RFC 9457).' })
export type Problem = z.infer<typeof Problem>

/** The problems that a route may answer, for its documentation. */
export function problems(...statuses: readonly (keyof typeof MEANING)[]) {
  return Object.fromEntries(
    statuses.map((status) => [
      status,
      { description: MEANING[status], content: { 'application/problem+json': { schema: Problem } } },
    ]),
  )
}

const MEANING = {
  400: 'The input is refused: `errors` says where and what is accepted.',
  401: 'The bearer token is missing or wrong.',
  404: 'There is none.',
  409: 'A synchronisation is in progress.',
  413: 'The body is too large.',
  415: 'The body is not JSON.',
  429: 'Too many are listening; try again later.',
  500: 'A fault of the service; its log says which.',
  502: 'NocoDB refuses.',
  503: 'NocoDB or the store does not answer.',
} as const
