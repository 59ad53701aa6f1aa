/** A command of ours as it can be copied into a POSIX shell, the way that this one was called. */
export function commandLine(...words: readonly string[]): string {
  const program = process.env['npm_lifecycle_event'] === 'portrea' ? 'npm run -s portrea --' : 'portrea'
  return [program, ...words.map(shellWord)].join(' ')
}

/** One word for a POSIX shell: what could mean something else there is put between single quotes. */
export function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}
