/** A command of ours as it can be copied into a POSIX shell, in the form that the README gives. */
export function commandLine(...words: readonly string[]): string {
  return ['npm run -s portrea --', ...words.map(shellWord)].join(' ')
}

/** One word for a POSIX shell: what could mean something else there is put between single quotes. */
export function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}
