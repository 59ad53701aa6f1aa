import { SingleBar } from 'cli-progress'

/** A bar on standard error in a terminal, nothing elsewhere: standard output belongs to results. */
export function progressBar(unit: string): {
  update(done: number, total: number | null): void
  stop(): void
} {
  if (!process.stderr.isTTY) return { update: () => undefined, stop: () => undefined }
  const bar = new SingleBar({
    format: `  {bar} {value} / {total} ${unit} · {duration_formatted}`,
    barCompleteChar: '━',
    barIncompleteChar: '─',
    hideCursor: true,
    clearOnComplete: true,
    stream: process.stderr,
  })
  let started = false
  return {
    update(done, total) {
      if (!started) bar.start(total ?? done, done)
      started = true
      if (total !== null) bar.setTotal(Math.max(total, done))
      bar.update(done)
    },
    stop() {
      if (started) bar.stop()
    },
  }
}
