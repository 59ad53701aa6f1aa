import type { Store } from './database.ts'
import { isSignedBy, storeDigest } from './digest-key.ts'

/** What stands for the people who are written to: nobody reads an address from it. */
export type MailKeys = {
  /** What is kept of a person: a keyed digest of their address. */
  person(address: string): Promise<string>
  /** What their own links hold: who they are, by the digest, signed. */
  link(person: string): Promise<string>
  /** Whose link it is; null: nobody's. */
  read(link: string): Promise<string | null>
  /** Tells the key of these digests from another one. */
  id(): Promise<string>
}

/** @param keyed an HMAC by a secret of the service that is not in its store */
export function mailKeys(store: Store, keyed: (text: string) => string): MailKeys {
  const digest = () => storeDigest(store, keyed)
  const signed = (person: string) => `leave the mail ${person}`
  return {
    person: async (address) => (await digest()).text(`mail to ${address}`),
    link: async (person) => `${person}.${(await digest()).text(signed(person))}`,
    async read(link) {
      const [person = '', signature = '', ...more] = link.split('.')
      if (person === '' || more.length > 0) return null
      return isSignedBy(await digest(), signature, signed(person)) ? person : null
    },
    id: async () => (await digest()).id,
  }
}
