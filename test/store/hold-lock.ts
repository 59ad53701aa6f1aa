// A process that takes the lock `sync`, says `held` or `refused`, then waits to be killed (or for its parent to end).
import { openStore } from '../../src/store/database.ts'
import { tryLock } from '../../src/store/locks.ts'

const [dataDir = '', databaseUrl] = process.argv.slice(2)
const lock = await tryLock(await openStore({ dataDir, databaseUrl }), 'sync')
console.log(lock === null ? 'refused' : 'held')
process.stdin.resume().on('end', () => process.exit())
