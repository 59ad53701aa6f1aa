import { z } from 'zod'

/** What may follow « parce que » and « À nuancer : ». */
export const clause = z
  .string()
  .min(1)
  .regex(
    /^[^.:;]*[^.:;\s]$/u,
    'doit pouvoir suivre « parce que » : ni deux-points, ni point-virgule, ni point',
  )
