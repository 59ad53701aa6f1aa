import { configDirectory, withStore } from '../app.ts'
import { readRules } from '../config/rules-file.ts'
import { choicesOf, learn } from '../domain/learning.ts'
import { rulesImpact } from '../domain/rules-impact.ts'
import type { StoredInput } from '../domain/rules-impact.ts'
import { PortreaError } from '../errors.ts'
import { environmentOf } from './base-options.ts'
import type { CommonOptions } from './base-options.ts'
import { impactLines } from './impact-text.ts'
import { learningLines, weightsDifference } from './learning-text.ts'
import { print, say } from './output.ts'
import { rulesDocument } from './rules-document.ts'
import { rulesPage } from './rules-page.ts'
import { changedBeside, inputsOfFiles, inputsOfStore, readProposed } from './rules-proposed.ts'
import { rulesLines } from './rules-text.ts'

type Options = CommonOptions & {
  readonly markdown?: boolean
  readonly impact?: string
  readonly on?: string
  readonly learn?: boolean
}

/**
 * `portrea rules`: every field, code, weight and threshold of config/; `--markdown` as the page config/REGLES.md;
 * `--impact FILE|DIR`: what proposed rules would change of every EPCI, from what the last run stored or from files;
 * `--learn`: how far they agree with « Référentiel retenu », and which weights would agree better.
 */
export async function rules(options: Options): Promise<number> {
  if (options.impact !== undefined) return impact(options.impact, options)
  if (options.learn === true) return learned(options)
  if (options.on !== undefined) throw new PortreaError('USAGE', '--on va avec --impact ou --learn.')
  const document = rulesDocument(readRules(configDirectory()))
  if (options.json) print(document)
  else if (options.markdown === true) process.stdout.write(rulesPage(document))
  else say(...rulesLines(document))
  return 0
}

async function impact(path: string, { json, on, demo }: Options): Promise<number> {
  const now = readRules(configDirectory())
  const proposed = readProposed(path, configDirectory())
  const inputs = await inputsOf({ on, demo })
  if (inputs.length === 0)
    throw new PortreaError(
      'INPUT_INVALID',
      'Aucun EPCI à réévaluer : lancez d’abord une synchronisation, ou donnez des situations par --on.',
    )
  const found = rulesImpact(inputs, now, proposed)
  const beside = changedBeside(now, proposed)
  if (json) print({ rules: now.fingerprint, proposed: proposed.fingerprint, beside, ...found })
  else say(...impactLines(found, beside))
  return 0
}

async function learned({ json, ...from }: Options): Promise<number> {
  const own = readRules(configDirectory())
  const inputs = await inputsOf(from)
  const found = learn(choicesOf(inputs), own)
  if (json)
    print({ rules: own.fingerprint, ...found, yaml: weightsDifference(found.proposal?.weights ?? []) })
  else say(...learningLines(found))
  return 0
}

function inputsOf({
  on,
  demo,
}: {
  readonly on?: string | undefined
  readonly demo?: true | undefined
}): Promise<StoredInput[]> {
  return on === undefined
    ? withStore(environmentOf(demo, []), inputsOfStore)
    : Promise.resolve(inputsOfFiles(on))
}
