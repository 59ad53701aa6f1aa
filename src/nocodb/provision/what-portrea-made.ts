import type { Base } from '../base.ts'
import { openMeta } from '../meta-client.ts'
import { readSchema } from './current-schema.ts'
import type { DesiredSchema } from './desired-schema.ts'
import { madeByPortrea } from './made.ts'
import type { Made } from './made.ts'
import { readManifest } from './manifest.ts'

/** What of a base Portrea made, as its manifest and marks tell. Throws what the calls throw. */
export async function whatPortreaMade(
  base: Pick<Base, 'id' | 'http'>,
  desired: DesiredSchema,
): Promise<Made> {
  const schema = await readSchema(await openMeta(base.http), base.id)
  return madeByPortrea(schema, desired, await readManifest(base.http, base.id))
}
