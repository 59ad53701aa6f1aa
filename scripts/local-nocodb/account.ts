import axios from 'axios'

/** A session token (JWT) for an account of NocoDB, given its password. */
export async function signIn(url: string, email: string, password: string): Promise<string> {
  const { data } = await axios.post<{ token: string }>(`${url}/api/v1/auth/user/signin`, { email, password })
  return data.token
}

/** A new API token of that account, for the header `xc-token`. */
export async function createToken(
  url: string,
  email: string,
  password: string,
  description: string,
): Promise<string> {
  const headers = { 'xc-auth': await signIn(url, email, password) }
  const { data } = await axios.post<{ token: string }>(`${url}/api/v1/tokens`, { description }, { headers })
  return data.token
}
