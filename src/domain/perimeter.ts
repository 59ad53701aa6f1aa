/** Of fewer others than this, the figures of each could be told from what all are together. */
const FEWEST_OTHERS = 5

/** Whether what some EPCI are together, so many of them kept from who looks, tells the figures of none of these. */
export function hidesEach(others: number): boolean {
  return others === 0 || others >= FEWEST_OTHERS
}
