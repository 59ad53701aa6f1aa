/** The mark of Portrea on 32 × 32: the pin of a map in which somebody is. */
export const MARK =
  'M16 1C9.4 1 4 6.4 4 13c0 8.5 12 18 12 18s12-9.5 12-18C28 6.4 22.6 1 16 1Zm0 5.5a3.75 3.75 0 1 1 0 7.5 3.75 3.75 0 0 1 0-7.5Zm-6.5 13.200c.6-3 3.200-4.700 6.5-4.700s5.900 1.700 6.5 4.700a.8.8 0 0 1-.8 1H10.300a.8.8 0 0 1-.8-1Z'

/** The same as an icon of its own, whose ink follows the theme of the browser. */
export const FAVICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><style>path{fill:#1f4fa3}@media(prefers-color-scheme:dark){path{fill:#9dbcf5}}</style><path fill-rule="evenodd" d="${MARK}"/></svg>`

/** Its own look alone: the style of an icon is in it. */
export const FAVICON_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
