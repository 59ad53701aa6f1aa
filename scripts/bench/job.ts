// The process that does one timed job: started by run-job.ts, which tells it what to do and hears its figures.
import { bareRead } from './bare-read.ts'
import { duplicates } from './duplicates.ts'
import { matchFiles } from './import-match.ts'
import { ourRead, ourSync } from './our-work.ts'
import type { Job } from './run-job.ts'
import { readList } from './read-list.ts'
import { score } from './score.ts'
import { webhookWork } from './webhook-work.ts'

process.once('message', (job: Job) => {
  work(job).then(
    (figures) => {
      const rssMb = process.resourceUsage().maxRSS / 1024
      process.send?.({ rssMb, ...figures }, () => process.exit(0))
    },
    (error: Error) => {
      console.error(error)
      process.exit(1)
    },
  )
})

function work(job: Job): Promise<{ seconds: number }> {
  switch (job.kind) {
    case 'bare':
      return timed(() => bareRead(job.read))
    case 'sdk':
      // The SDK is heavy: whoever is measured without it must not hold it.
      return import('./sdk-read.ts').then(({ sdkRead }) => timed(() => sdkRead(job.read)))
    case 'read':
      return ourRead(job.place)
    case 'sync':
      return ourSync(job.place, job)
    case 'webhook':
      return webhookWork(job.place)
    case 'duplicates':
      return duplicates(job.records)
    case 'source':
      return timed(() => readList(job.path))
    case 'match':
      return matchFiles(job)
    case 'score':
      return score(job.place, job.read)
  }
}

async function timed(read: () => Promise<number>): Promise<{ seconds: number; rows: number }> {
  const begin = performance.now()
  const rows = await read()
  return { seconds: (performance.now() - begin) / 1000, rows }
}
