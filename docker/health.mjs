// The health check of the image: exits with 0 when the process answers; with `ready` as its argument, when it takes requests.
// It asks on loopback, where every Host check lets it in.
const port = process.env.PORT || 3000;
const question = process.argv[2] === 'ready' ? 'ready' : 'live';
const answer = await fetch(`http://127.0.0.1:${port}/api/health/${question}`, { signal: AbortSignal.timeout(3_000) }).catch(
  (error) => error,
);
if (answer.ok) process.exit(0);
console.error(answer instanceof Error ? String(answer.cause ?? answer) : `Status ${answer.status}: ${await answer.text()}`);
process.exit(1);
