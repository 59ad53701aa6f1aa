import { join } from 'node:path'
import { InvitationText } from '../domain/rules/invitation.ts'
import { PortreaError } from '../errors.ts'
import { readYamlFile } from './yaml-file.ts'

/** Reads config/invitation.yaml; CONFIG_INVALID lists every fault with its line. */
export function readInvitation(directory: string): InvitationText {
  const { value, faults } = readYamlFile(join(directory, 'invitation.yaml'), InvitationText)
  if (value === null)
    throw new PortreaError('CONFIG_INVALID', `${directory}/invitation.yaml est à corriger.`, { faults })
  return Object.freeze(value)
}
