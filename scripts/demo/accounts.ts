import axios, { isAxiosError } from 'axios'
import { createToken, signIn } from '../local-nocodb/account.ts'

export type Account = { readonly email: string; readonly password: string; readonly token: string | null }

/** Spares a new person the questions that NocoDB asks at the first sign-in. */
export async function spareQuestions(url: string, { email, password }: Account): Promise<void> {
  const headers = { 'xc-auth': await signIn(url, email, password) }
  await axios.patch(`${url}/api/v1/user/profile`, { is_new_user: false }, { headers })
}

/** The account's API token: the one it had where that still opens, else a new one. */
export async function apiToken(url: string, { email, password, token }: Account): Promise<string> {
  if (token !== null && (await opens(url, token))) return token
  return createToken(url, email, password, 'Portrea')
}

/** Makes the account where it is not, and lets it edit the records of the base: all that the service needs. */
export async function ensureEditor(
  url: string,
  base: string,
  owner: Account,
  editor: Account,
): Promise<void> {
  const { email, password } = editor
  await accept(axios.post(`${url}/api/v1/auth/user/signup`, { email, password }), 'already exist')
  const headers = { 'xc-auth': await signIn(url, owner.email, owner.password) }
  const invitation = { email, roles: 'editor' }
  const invited = axios.post(`${url}/api/v2/meta/bases/${base}/users`, invitation, { headers })
  await accept(invited, 'already exists')
}

async function opens(url: string, token: string): Promise<boolean> {
  const headers = { 'xc-token': token }
  const answer = await axios.get(`${url}/api/v2/meta/bases/`, { headers, validateStatus: () => true })
  return answer.status === 200
}

/** Done before is done: only that refusal is let through. */
async function accept(request: Promise<unknown>, refusal: string): Promise<void> {
  try {
    await request
  } catch (error) {
    if (!isAxiosError(error) || !JSON.stringify(error.response?.data ?? '').includes(refusal)) throw error
  }
}
