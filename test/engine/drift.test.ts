import { afterAll, beforeAll, describe } from 'vitest'
import { driftStage, proveByNight, proveLive, right } from '../helpers/drift-stage.ts'
import type { DriftStage } from '../helpers/drift-stage.ts'
import { makeLiveDouble } from '../helpers/live-double.ts'
import type { LiveDouble } from '../helpers/live-double.ts'
import { driftCases } from './drift.ts'

describe.each([['by night', proveByNight] as const, ['live', proveLive] as const])(
  'a base that changes under the service, %s (double)',
  (_, prove) => {
    let home: LiveDouble
    let stage: DriftStage
    beforeAll(async () => {
      home = await makeLiveDouble()
      fill(home)
      const { double } = home
      stage = await driftStage({
        ...{ url: double.url, token: double.token, serviceToken: double.token, base: double.baseId },
        listen: (url) => home.hooks(url),
      })
      if (prove === proveLive) await stage.start()
      else await stage.sync()
      if (prove === proveLive) await right(stage)
    }, 300_000)
    afterAll(async () => {
      await stage.stop()
      await home.close()
    })
    driftCases((one) => prove(stage, one))
  },
)

function fill({ double }: LiveDouble): void {
  double.table('EPCI').insert({ Nom: 'Brest Métropole', SIREN: '242900314', Population: 213_403 })
  double.table('EPCI').insert({ Nom: 'Rennes Métropole', SIREN: '243500139', Population: 470_000 })
  double.table('Diagnostics').insert({ Date: '2026-11-01', Objectif: 'Base de données', EPCI_id: 1 })
  double.table('Journées').insert({ Date: '2027-02-03', EPCI_id: 1 })
  for (let at = 0; at < 6; at += 1)
    double.table('Acteurs').insert({
      ...{ Nom: `Lieu ${at}`, Commune: 'Brest', 'Code INSEE': '29019', 'Code postal': '29200' },
      ...{ 'Date de mise à jour': '2026-10-01', Adresse: '1 rue de Siam', EPCI_id: at < 3 ? 1 : null },
    })
}
