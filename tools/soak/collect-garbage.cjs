// Loaded into the application that is watched, which is started with --expose-gc: SIGUSR2 makes it collect its garbage, so that what is left is what it keeps.
process.on('SIGUSR2', () => globalThis.gc());
