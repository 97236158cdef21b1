// The health check of the image: exits with 0 when the process answers. It asks on loopback, where every Host check lets it in.
const port = process.env.PORT || 3000;
const answer = await fetch(`http://127.0.0.1:${port}/api/health/live`, { signal: AbortSignal.timeout(3_000) }).catch((error) => error);
if (answer.ok) process.exit(0);
console.error(answer instanceof Error ? String(answer.cause ?? answer) : `Status ${answer.status}`);
process.exit(1);
