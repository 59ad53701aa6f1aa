import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * Writes src/config/former-epcis.json: the EPCI of the official lists of the years below that the installed list has no
 * more, with their last communes. The package tells no history: its versions, one a year, are asked of npm. To be run
 * when the package is renewed; the year that was current then joins the table.
 */
const PACKAGE = '@etalab/decoupage-administratif'
const VERSIONS: readonly (readonly [version: string, year: number])[] = [
  ['0.7.0', 2019],
  ['0.8.0', 2020],
  ['1.1.1', 2021],
  ['2.3.1', 2022],
  ['3.1.1', 2023],
  ['4.1.0', 2024],
  ['5.3.0', 2025],
]

type Group = {
  readonly code?: string
  readonly nom: string
  readonly membres: readonly { readonly code: string }[]
}

const target = fileURLToPath(new URL('../src/config/former-epcis.json', import.meta.url))
const installed = fileURLToPath(new URL(`../node_modules/${PACKAGE}/data/epci.json`, import.meta.url))
const today = new Set(read(installed).map(({ code }) => code))
const former = new Map<string, object>()
const folder = mkdtempSync(join(tmpdir(), 'portrea-epcis-'))
try {
  for (const [version, until] of VERSIONS)
    for (const { code, nom, membres } of read(unpack(version)))
      if (code !== undefined && !today.has(code))
        former.set(code, {
          siren: code,
          name: nom,
          until,
          communes: membres.map((member) => member.code).sort(),
        })
} finally {
  rmSync(folder, { recursive: true })
}
const lines = [...former]
  .sort(([one], [other]) => (one < other ? -1 : 1))
  .map(([, epci]) => JSON.stringify(epci))
writeFileSync(target, `[\n${lines.join(',\n')}\n]\n`)
console.log(`${target}: ${former.size} EPCI.`)

/** The list of a version, fetched into a folder of its own. */
function unpack(version: string): string {
  const place = join(folder, version)
  mkdirSync(place)
  const answer = execFileSync('npm', ['pack', '--silent', `${PACKAGE}@${version}`], {
    cwd: place,
    encoding: 'utf8',
  })
  execFileSync('tar', ['xzf', answer.trim().split('\n').at(-1) ?? ''], { cwd: place })
  return join(place, 'package/data/epci.json')
}

function read(path: string): Group[] {
  return JSON.parse(readFileSync(path, 'utf8')) as Group[]
}
