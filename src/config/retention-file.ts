import { join } from 'node:path'
import { Retention } from '../domain/rules/retention.ts'
import { PortreaError } from '../errors.ts'
import { readYamlFile } from './yaml-file.ts'

/** Reads config/retention.yaml; CONFIG_INVALID lists every fault with its line. */
export function readRetention(directory: string): Retention {
  const { value, faults } = readYamlFile(join(directory, 'retention.yaml'), Retention)
  if (value === null)
    throw new PortreaError('CONFIG_INVALID', `${directory}/retention.yaml est à corriger.`, { faults })
  return Object.freeze(value)
}
