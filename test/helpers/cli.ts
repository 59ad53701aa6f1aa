import { spawn } from 'node:child_process'

/** Runs `portrea` as a user would; never throws on a non-zero exit. */
export async function cli(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  input?: string,
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const { NOCODB_URL, NOCODB_TOKEN, ...rest } = process.env
  const child = spawn(process.execPath, ['src/cli.ts', ...args], { env: { ...rest, ...environment } })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  child.stdin.end(input)
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  return { code, stdout, stderr }
}
