/** Counts the turns of the loop that others have while the work goes on. */
export async function turnsDuring(work: () => Promise<void>): Promise<number> {
  let turns = 0
  let working = true
  const others = () => {
    turns += 1
    if (working) setImmediate(others)
  }
  setImmediate(others)
  try {
    await work()
  } finally {
    working = false
  }
  return turns
}
