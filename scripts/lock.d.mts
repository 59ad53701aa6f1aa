/** Runs `work` while holding the lock `folder`; waits for whoever holds it, unless that one is dead. */
export function withLock<T>(folder: string, work: () => T | Promise<T>, onWait?: () => void): Promise<T>
