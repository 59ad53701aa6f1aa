/** '20261124-101530': the former file is kept under it. */
export function stampOf(now: Date): string {
  return now.toISOString().slice(0, 19).replaceAll(/[-:]/gu, '').replace('T', '-')
}
