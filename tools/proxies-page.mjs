// Writes docs/proxies.md: what there is to say about proxies, and the tested examples of docker/proxies themselves. Run with: npm run docs:proxies
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
export const PAGE = join(root, 'docs/proxies.md');

const EXAMPLES = [
  {
    title: 'nginx',
    file: 'nginx/echov2.conf',
    language: 'nginx',
    words: `nginx holds answers back unless it is told not to: \`proxy_buffering off\`. EchoV2 says the same by the header \`X-Accel-Buffering: no\` on every stream, so that also an nginx
that nobody told lets them through; the line stays for what stands between. After \`nginx -s reload\` the old workers keep their connections until the answers on them have ended.`,
  },
  {
    title: 'Caddy',
    file: 'caddy/Caddyfile',
    language: 'caddyfile',
    words: `Caddy speaks TLS and renews its certificate by itself. On \`caddy reload\` it may cut what is being streamed: pages go on by themselves where they were, programs by \`Last-Event-ID\`.`,
  },
  {
    title: 'HAProxy',
    file: 'haproxy/haproxy.cfg',
    language: 'haproxy',
    words: `HAProxy passes on what comes as it comes. On a reload (\`SIGUSR2\` to the master) the old process keeps its connections until they end.`,
  },
  {
    title: 'nginx before replicas in Docker',
    file: 'nginx/replicas.conf',
    language: 'nginx',
    words: `What \`docker/compose.scale.yml\` uses: it finds replicas by Docker's own names, however many there are, and asks another one where one is about to stop.`,
  },
];

const HEAD = `# Behind a proxy

<!-- Made by \`npm run docs:proxies\` from tools/proxies-page.mjs and docker/proxies. Change those. -->

EchoV2 speaks plain HTTP on one port. For people on other machines a proxy with TLS stands before it. Each example here is run by the project's tests, with the real program: it streams piece by piece, takes the longest
message, keeps a connection on which a model is silent for a minute, loses and doubles nothing when the proxy takes a new configuration, and works below a path with TLS and accounts.

## Four settings

| setting | say | because |
| --- | --- | --- |
| \`ECHO_PUBLIC_URL\` | \`https://chat.example\`, the address that people type | requests for any other \`Host\` are refused, which is what keeps websites from talking to the server; cookies and links are made for it |
| \`ECHO_TRUST_PROXY\` | how many proxies stand before it (\`1\`), or their addresses (\`10.0.0.0/8\`) | only then their word about who is asking (\`X-Forwarded-For\`) counts, for limits and the audit log. Do not set it where people can reach EchoV2 past the proxy |
| \`ECHO_CORS_ORIGINS\` | nothing, or origins of other pages that may use the API | pages of any other origin are refused. They come with an API key, never with somebody's cookie |
| \`ECHO_HOST\` | \`127.0.0.1\` where the proxy is on the same machine; the image listens on all addresses of its container | nobody should get past the proxy |

The proxy must pass on \`Host\` as it came, and must not compress or gather \`text/event-stream\`. It may hold a silent connection for less than a minute: EchoV2 sends a sign of life every 5 s, so everything above 15 s will do.

## Below a path

\`ECHO_PUBLIC_URL=https://intranet.example/tools/echo\` puts the page, the API, the cookie and all links below \`/tools/echo\`. The proxy may pass the path on or take it off; both work:

\`\`\`nginx
location /tools/echo/ {
    proxy_pass http://echov2;      # passes it on; with a slash at the end of the line it takes it off
    # … and the lines of the example below
}
\`\`\`

Other applications of the same origin are not walled off from each other by browsers: put only those beside it that you trust as much.

## Replicas

Name every replica in the list of the example. No sticky sessions are needed: anybody may be answered by any of them. \`/api/health/ready\` answers 503 as soon as a replica is about to stop; the checks in the examples ask it as
\`localhost:3000\`, which is always let in. Ask \`/api/metrics\` at each replica, not through the proxy.

## When text arrives in lumps

Look at it without the proxy first: \`curl --no-buffer http://127.0.0.1:3000/api/chat -H 'Content-Type: application/json' -H 'Authorization: Bearer echo_live_…' -d '{"prompt": "Hello", "stream": true}'\`. If it flows there, something
between gathers it: compression, a cache, a content filter, a second proxy. \`echo_dropped_readers_total\` counts viewers who were let go because something did not take their bytes.
`;

/** The page as it should be. */
export function proxiesPage() {
  const sections = EXAMPLES.map(({ title, file, language, words }) => {
    const text = readFileSync(join(root, 'docker/proxies', file), 'utf8').trimEnd();
    return `## ${title}\n\n${words}\n\n\`docker/proxies/${file}\`:\n\n\`\`\`${language}\n${text}\n\`\`\`\n`;
  });
  return `${HEAD}\n${sections.join('\n')}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(PAGE, proxiesPage());
