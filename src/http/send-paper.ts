import type { FastifyReply, FastifyRequest } from 'fastify'
import { PortreaError } from '../errors.ts'
import type { Paper } from '../papers/press.ts'
import type { Visitor } from './pages/layout.ts'
import { faultyPaperPage } from './pages/missing.ts'
import { sendPage } from './sign-in-routes.ts'

/** What is printed, and under which file name. */
export type Printing = { readonly name: string; readonly print: () => Promise<Paper> }

/** The PDF; a template at fault is told to its reader, who is a member of the base, and to the log. */
export async function sendPaper(
  request: FastifyRequest,
  reply: FastifyReply,
  visitor: Visitor,
  { name, print }: Printing,
): Promise<FastifyReply> {
  try {
    const { pdf } = await print()
    return await reply
      .type('application/pdf')
      .header('content-disposition', `inline; filename="${name}"`)
      .send(Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength))
  } catch (cause) {
    if (!(cause instanceof PortreaError) || cause.code !== 'CONFIG_INVALID') throw cause
    request.log.error({ faults: cause.faults }, 'a template of a paper is at fault')
    return sendPage(reply.code(500), faultyPaperPage(visitor, cause.faults))
  }
}
