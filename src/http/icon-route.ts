import { FAVICON, FAVICON_POLICY } from './pages/favicon.ts'
import type { App } from './zod-routes.ts'

/** GET /favicon.svg: the mark of Portrea in the tab of a browser. */
export function iconRoute(app: App): void {
  app.get('/favicon.svg', { schema: { hide: true } }, async (_, reply) =>
    reply
      .type('image/svg+xml')
      .headers({ 'content-security-policy': FAVICON_POLICY, 'cache-control': 'public, max-age=86400' })
      .serializer(String)
      .send(FAVICON),
  )
}
