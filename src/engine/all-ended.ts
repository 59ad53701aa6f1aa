/**
 * Waits until all of this work has ended, then gives what came of it, or throws what the first that failed threw: nothing
 * goes on behind a failure.
 */
export async function allEnded<const Work extends readonly unknown[]>(
  work: Work,
): Promise<{ -readonly [Place in keyof Work]: Awaited<Work[Place]> }> {
  await Promise.allSettled(work)
  return Promise.all(work)
}
