import { type DiscoveredServer, type Provider, type ProviderList } from '@echo/contract';

/** How things stand now, and the one next step. Names what is configured, never a value of it. */
export function setupAnswer({ providers, discovered, default_model }: ProviderList, discoverLocal: boolean): string {
  const configured = providers.filter(({ kind }) => kind === 'model');
  const lines = [
    '## Setup',
    '### Providers',
    configured.length === 0 ? 'None is configured yet.' : configured.map(providerLine).join('\n'),
    '### Model servers on this machine',
    discovered.length > 0 ? discovered.map(serverLine).join('\n') : noServers(discoverLocal),
    '### Next step',
    nextStep(configured, discovered, default_model),
  ];
  return `${lines.join('\n\n')}\n`;
}

function providerLine({ id, name, problem, default_model }: Provider): string {
  const model = default_model === null ? '' : `, default model ${code(default_model)}`;
  return problem === null
    ? `- **${plain(name)}** (${code(id)}): ready${model}`
    : `- **${plain(name)}** (${code(id)}): not ready. ${plain(problem)}`;
}

function serverLine({ name, base_url, models }: DiscoveredServer): string {
  const shown = models.slice(0, 5).map(code).join(', ');
  const more = models.length > 5 ? ` and ${models.length - 5} more` : '';
  return `- **${plain(name)}** at ${code(base_url)}: ${models.length === 0 ? 'no models yet' : shown + more}`;
}

function noServers(discoverLocal: boolean): string {
  return discoverLocal ? 'None answered.' : 'Looking for them is switched off (`ECHO_DISCOVER_LOCAL`).';
}

function nextStep(configured: readonly Provider[], discovered: readonly DiscoveredServer[], defaultModel: string): string {
  const broken = configured.find(({ healthy }) => !healthy);
  const [found] = discovered;
  if (configured.length > 0 && broken === undefined) {
    return `Nothing: everything is ready. Choose a model above the message box, or just write: ${code(defaultModel)} answers.`;
  }
  if (broken !== undefined) return `${plain(broken.problem ?? '')} Then type \`/setup\` again.`;
  if (found !== undefined)
    return connect(`${plain(found.name)} runs on this machine but is not connected. Nothing is sent to it until you do.`, found.setting);
  const key = connect(
    'Take a key of your own from OpenAI, Anthropic, Google or any provider that speaks one of their protocols.',
    'OPENAI_API_KEY=sk-…',
  );
  return `${key}\n\nOr, without any account: install [Ollama](https://ollama.com), run \`ollama pull llama3.2\`, and type \`/setup\` again.`;
}

function connect(why: string, setting: string): string {
  return `${why} An administrator connects it under **Settings → Providers**, without a restart. Or start EchoV2 again with this setting:\n\n\`\`\`sh\n${setting.replaceAll('\n', ' ')}\n\`\`\``;
}

function code(text: string): string {
  return `\`${text.replace(/[`\n]/g, ' ')}\``;
}

/** What others wrote must not become Markdown of ours. */
function plain(text: string): string {
  return text.replace(/[\\`*_[\]<>|\n]/g, (char) => (char === '\n' ? ' ' : `\\${char}`));
}
