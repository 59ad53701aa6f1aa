import { createHash } from 'node:crypto'
import { z } from 'zod'
import { typeset } from '../../domain/typography.ts'
import type { App } from '../zod-routes.ts'

const STYLE = `
:root { color-scheme: light dark; font: 1.125rem/1.6 system-ui, sans-serif }
body { max-width: 38rem; margin: 12vh auto; padding: 0 1.25rem }
h1 { font-size: 2rem; line-height: 1.2; margin: 0 }
ul { padding-left: 1.2rem }`

const PAGE = `<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Portrea</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>Portrea</h1>
<p>${typeset("Ce service lit les fiches d'acteurs dans NocoDB, mesure leur complétude et la maturité de chaque EPCI, puis y inscrit le référentiel de déploiement conseillé et la charge en jours.")}</p>
<p>${typeset("Les chiffres se lisent dans NocoDB ; les programmes les demandent à l'interface ci-dessous.")}</p>
<ul>
<li><a href="/docs">Documentation de l’interface</a> (<a href="/openapi.json">OpenAPI</a>)</li>
<li><a href="/health/ready">État du service</a></li>
</ul>
</main>
</body>
</html>
`

const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`

/** GET /: says what this is to someone who opens the address. It shows no data. */
export function homePage(app: App): void {
  app.get(
    '/',
    {
      schema: {
        tags: ['service'],
        summary: 'What this is, for people',
        response: { 200: { description: 'A page', content: { 'text/html': { schema: z.string() } } } },
      },
    },
    async (_, reply) =>
      reply
        .type('text/html; charset=utf-8')
        .header('content-security-policy', POLICY)
        .serializer(String)
        .send(PAGE),
  )
}
