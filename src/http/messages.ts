import { commandLine } from '../domain/command-line.ts'

// Every sentence with which the HTTP server itself answers a program: French, as all that people read.

/** Without a token, or with another one. */
export const API_TOKEN_ASKED = 'Envoyez l’en-tête « Authorization: Bearer … », avec PORTREA_API_TOKEN.'

/** A webhook without its secret. */
export function secretAsked(header: string): string {
  return `Envoyez l’en-tête ${header} avec PORTREA_WEBHOOK_SECRET ; \`${commandLine('provision')}\` l’inscrit dans NocoDB.`
}

/** A webhook whose rows have no key of the title that the table was known to have. */
export function keyAsked(key: string): string {
  return `Chaque ligne porte sa clé, un nombre, sous « ${key} » : si elle a changé de nom, le service la retrouve de lui-même.`
}

/** In the place of what went wrong on our side. */
export function causeInLog(request: string): string {
  return `La cause est dans le journal du service, à la demande ${request}.`
}

/** What of a request zod did not accept; the faults stand beside. */
export function notAccepted(part: string): string {
  return `${PARTS[part] ?? 'La demande n’est pas acceptée'} : voyez « errors ».`
}

const PARTS: Readonly<Record<string, string>> = {
  body: 'Le corps n’est pas accepté',
  params: 'Le chemin n’est pas accepté',
  querystring: 'Les paramètres ne sont pas acceptés',
  headers: 'Les en-têtes ne sont pas acceptés',
}

/** What Fastify refuses by itself, by our code. */
export const REFUSED = {
  ROUTE_NOT_FOUND: 'Il n’y a rien ici ; /docs dit ce qu’il y a.',
  BODY_TOO_LARGE: 'Le corps de la demande est trop long.',
  MEDIA_TYPE_UNSUPPORTED: 'Ce type de contenu n’est pas accepté ici : envoyez application/json.',
  REQUEST_INVALID:
    'La demande ne peut pas être lue : son adresse, ses en-têtes ou son corps sont mal formés.',
} as const

/** What never became a request, by the code of Node's parser. */
export const BROKEN: Readonly<Record<string, readonly [status: number, detail: string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'La demande a mis trop de temps à arriver.'],
  HPE_HEADER_OVERFLOW: [431, 'L’adresse et les en-têtes sont trop longs.'],
}

/** Of any other code. */
export const NOT_HTTP = 'Ce n’est pas du HTTP tel que ce service le comprend.'
