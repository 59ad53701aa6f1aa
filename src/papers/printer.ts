import { createBirpc } from 'birpc'
import { openCompiler } from './compiler.ts'
import type { Compiler, Order, Printed } from './compiler.ts'

/** What the process of the compiler does for the service; see press.ts. */
export type PrinterMethods = { print(order: Order): Printed }

let compiler: Compiler | null = null

createBirpc<object, PrinterMethods>(
  { print: (order) => (compiler ??= openCompiler()).print(order) },
  {
    post: (message) => process.send?.(message),
    on: (listener) => process.on('message', listener),
    timeout: -1,
  },
)
process.on('disconnect', () => process.exit())
