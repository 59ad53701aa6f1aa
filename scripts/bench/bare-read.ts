import { Agent, get } from 'node:http'

/** A server and the paths to fetch from it, in order, on so many kept-alive connections. */
export type BareRead = {
  readonly url: string
  readonly token: string
  readonly paths: readonly string[]
  readonly connections: number
}

type Page = { readonly list: readonly Readonly<Record<string, unknown>>[] }

/** The least that a client can do with the pages of a table: fetch them and `JSON.parse` them. */
export async function bareRead(
  { url, token, paths, connections }: BareRead,
  onPage: (page: Page) => void = () => {},
): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  let next = 0
  let rows = 0
  const worker = async () => {
    while (next < paths.length) {
      const page = JSON.parse(await fetchText(agent, url + paths[next++]!, token)) as Page
      rows += page.list.length
      onPage(page)
    }
  }
  await Promise.all(Array.from({ length: connections }, worker))
  agent.destroy()
  return rows
}

function fetchText(agent: Agent, url: string, token: string): Promise<string> {
  return new Promise((done, reject) => {
    get(url, { agent, headers: { 'xc-token': token } }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('error', reject)
      answer.on('end', () => {
        const text = Buffer.concat(chunks).toString()
        if (answer.statusCode === 200) done(text)
        else reject(new Error(`${answer.statusCode} ${url}: ${text.slice(0, 300)}`))
      })
    }).on('error', reject)
  })
}
