// The service as the demo runs it: it ends with the demo, however that one ends.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
process.channel?.unref()
process.argv = [process.argv[0]!, 'portrea', 'serve']
await import('../../src/cli.ts')
