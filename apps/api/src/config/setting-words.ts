/** A setting in words. What it may be and what it is when unset, the readers know. */
export interface SettingWords {
  readonly name: string;
  readonly words: string;
  /** What stands behind `NAME=` in `.env.example`, where the readers have no default. */
  readonly example?: string;
  /** What holds when it is unset, where the readers have no default. */
  readonly unset?: string;
}

export interface SettingGroup {
  readonly title: string;
  readonly settings: readonly SettingWords[];
}

/** Every setting, in the order in which people meet them. A test holds it against what the readers ask for. */
export const SETTING_GROUPS: readonly SettingGroup[] = [
  {
    title: 'Where it listens, and who it is to the outside',
    settings: [
      { name: 'PORT', words: 'The port; 0: any free one.' },
      {
        name: 'ECHO_HOST',
        words: 'The address to listen on; 0.0.0.0: every one of this machine. Without accounts a loopback address only.',
      },
      {
        name: 'ECHO_PUBLIC_URL',
        words: 'The address under which it is reached through a proxy, such as https://chat.example, or https://intranet.example/echo.',
        unset: 'loopback, with the port',
      },
      { name: 'ECHO_CORS_ORIGINS', words: 'Other origins whose pages may call the API, separated by commas.', unset: 'none' },
      {
        name: 'ECHO_TRUST_PROXY',
        words:
          'Proxies whose word counts for where a request came from: how many stand before the server, or their addresses: 10.0.0.0/8, loopback.',
      },
    ],
  },
  {
    title: 'Who may come in',
    settings: [
      {
        name: 'ECHO_AUTH',
        words:
          'none: one local user, whoever reaches the server. accounts: people with passwords; the first start prints a link that makes the first administrator.',
      },
      { name: 'ECHO_SIGN_UP', words: 'Whether anybody may make an account of their own. Off: by invitation.' },
      {
        name: 'ECHO_OIDC_ISSUER',
        words:
          'Single sign-on by OpenID Connect: what the discovery document stands below. Register there the redirect URL <public url>/api/auth/single-sign-on/callback, after signing out <public url>/sign-in, and for back-channel logout <public url>/api/auth/single-sign-on/back-channel-logout.',
        example: 'https://id.example',
        unset: 'none',
      },
      { name: 'ECHO_OIDC_CLIENT_ID', words: 'What it calls this server.', example: 'echov2', unset: 'none' },
      {
        name: 'ECHO_OIDC_CLIENT_SECRET',
        words: 'The secret that it shares with this server.',
        unset: 'a public client, held by PKCE alone',
      },
      { name: 'ECHO_OIDC_NAME', words: 'What the button on the sign-in page says after “Continue with”.', unset: 'single sign-on' },
      {
        name: 'ECHO_OIDC_ALLOWED_DOMAINS',
        words: 'Domains of verified e-mail addresses that may have an account, separated by commas.',
        unset: 'all',
      },
      {
        name: 'ECHO_OIDC_ADMIN_GROUP',
        words: 'The group whose members are administrators, looked at each time they sign in.',
        unset: 'roles are given in the page',
      },
      { name: 'ECHO_OIDC_GROUPS_CLAIM', words: 'The claim that lists somebody’s groups.', unset: 'groups' },
      { name: 'ECHO_PASSWORD_SIGN_IN', words: 'Whether e-mail address and password are a way in beside it.' },
      {
        name: 'ECHO_INSECURE_HTTP',
        words:
          'With accounts ECHO_PUBLIC_URL must begin with https://, or be of this machine. In a network that you trust this lets it be plain http://.',
      },
    ],
  },
  {
    title: 'Database',
    settings: [
      {
        name: 'DATABASE_URL',
        words: 'A PostgreSQL, 15 or newer.',
        example: 'postgres://user:password@host:5432/database',
        unset: 'the embedded one',
      },
      { name: 'ECHO_DATA_DIR', words: 'The folder of the embedded database and of secrets that were generated.' },
    ],
  },
  {
    title: 'Secrets',
    settings: [
      {
        name: 'ECHO_MASTER_KEY',
        words:
          'Seals the keys that administrators enter, at least 32 random characters, the same for every replica: openssl rand -base64 32. Whoever loses it must enter those keys again.',
        unset: 'made when it is first needed, as master.key in the data folder',
      },
      {
        name: 'ECHO_MASTER_KEY_PREVIOUS',
        words:
          'To change the master key: the old one here (several: separated by commas), the new one above. At the next start everything is sealed anew; then this may go.',
        unset: 'none',
      },
    ],
  },
  {
    title: 'Models',
    settings: [
      {
        name: 'OPENAI_API_KEY',
        words: 'OpenAI, or any server that speaks its chat protocol: llama.cpp, vLLM, LM Studio … A key or an address makes it a provider.',
        unset: 'no key',
      },
      { name: 'OPENAI_BASE_URL', words: 'Its address.', example: 'https://api.openai.com/v1', unset: "OpenAI's" },
      { name: 'ANTHROPIC_API_KEY', words: 'Anthropic, or any server that speaks its protocol.', unset: 'no key' },
      { name: 'ANTHROPIC_BASE_URL', words: 'Its address.', example: 'https://api.anthropic.com', unset: "Anthropic's" },
      { name: 'GEMINI_API_KEY', words: 'Google Gemini, or any server that speaks its protocol.', unset: 'no key' },
      {
        name: 'GOOGLE_GEMINI_BASE_URL',
        words: 'Its address.',
        example: 'https://generativelanguage.googleapis.com',
        unset: "Google's",
      },
      { name: 'OLLAMA_HOST', words: 'Ollama: a host and port, or a URL.', example: 'http://127.0.0.1:11434', unset: 'no Ollama' },
      {
        name: 'ECHO_PROVIDERS',
        words:
          'Any number of others, as JSON. `wire` is openai-chat, openai-responses, anthropic, gemini or ollama; `api_key_env` names the variable that holds the key.',
        example:
          '[{"id":"lab","name":"Lab","wire":"openai-chat","base_url":"http://10.0.0.5:8000/v1","api_key_env":"LAB_KEY","models":["llama"],"continues":true,"template_tokens":"as_typed","headers":{},"query":{}}]',
        unset: 'none',
      },
      { name: 'ECHO_DEFAULT_MODEL', words: 'provider/model that is used when none is named.', unset: "the first provider's" },
      {
        name: 'ECHO_FALLBACKS',
        words: 'Which models answer in place of one that fails before its first word: provider/model, or a pattern with *.',
        example: '{"openai/gpt-4o":["ollama/llama3.2"]}',
        unset: 'none',
      },
      {
        name: 'ECHO_PRICES_FILE',
        words:
          'A file with your own prices per million tokens, which come before those that are shipped: {"as_of":"2026-01-31","currency":"USD","vendors":[{"providers":["lab"],"models":[{"model":"llama*","input":0.2,"output":0.4}]}]}',
        unset: 'those that are shipped',
      },
      { name: 'ECHO_DISCOVER_LOCAL', words: 'Look for model servers on loopback and offer them; nothing is sent to them unasked.' },
    ],
  },
  {
    title: 'The network around it',
    settings: [
      {
        name: 'HTTPS_PROXY',
        words: 'A proxy for https: addresses of providers; a name and a password may stand in the URL.',
        example: 'http://proxy.example:3128',
        unset: 'none',
      },
      { name: 'HTTP_PROXY', words: 'The same for http: addresses.', unset: 'none' },
      {
        name: 'NO_PROXY',
        words: 'Hosts that are called without it: names, .suffixes, addresses, networks such as 10.0.0.0/8. This machine always is.',
        unset: 'none',
      },
      {
        name: 'NODE_EXTRA_CA_CERTS',
        words: 'A PEM file with certificate authorities that are trusted beside the usual ones.',
        unset: 'none',
      },
    ],
  },
  {
    title: 'Hidden text',
    settings: [
      {
        name: 'ECHO_PROMPT_GUARD',
        words:
          "What happens to messages that hide something or spell a model's template: off, flag (shown), block (refused). See docs/prompt-protection.md.",
      },
    ],
  },
  {
    title: 'Limits',
    settings: [
      { name: 'ECHO_MAX_PROMPT_CHARS', words: 'Characters in one message.' },
      { name: 'ECHO_MAX_OUTPUT_CHARS', words: 'Characters in one answer.' },
      { name: 'ECHO_MESSAGES_PER_MINUTE', words: 'With accounts, for each person: messages a minute; each API key has its own count.' },
      { name: 'ECHO_MAX_LIVE_RUNS_PER_USER', words: 'With accounts, for each person: answers at the same time.' },
      { name: 'ECHO_MAX_LIVE_RUNS', words: 'Answers that one replica makes at the same time.' },
      { name: 'ECHO_QUEUE', words: 'How many may wait for a place.' },
      { name: 'ECHO_FIRST_CONTENT_TIMEOUT', words: "Time until a model's first word: more for models that think long or must be loaded." },
      { name: 'ECHO_IDLE_TIMEOUT', words: 'Time between two words.' },
      { name: 'ECHO_TOTAL_TIMEOUT', words: 'Time for a whole answer.' },
      {
        name: 'ECHO_EVENT_RETENTION',
        words: 'For how long the events of a finished answer can be replayed. The answer itself stays.',
      },
      { name: 'ECHO_DRAIN_SECONDS', words: 'What live answers get to finish when the server is asked to stop.' },
    ],
  },
  {
    title: 'Seeing what it does',
    settings: [
      { name: 'ECHO_LOG_LEVEL', words: 'How much is logged, on standard output. Never a word of what people or models say.' },
      { name: 'ECHO_LOG_FORMAT', words: 'text: for people. json: one object in a line, for programs.' },
      {
        name: 'ECHO_METRICS_TOKEN',
        words:
          'Who sends it as Authorization: Bearer … may read /api/metrics from anywhere; at least 16 visible characters without spaces: openssl rand -hex 32.',
        unset: 'only programs on this machine, and none with accounts',
      },
    ],
  },
  {
    title: 'Traces (OpenTelemetry)',
    settings: [
      {
        name: 'OTEL_EXPORTER_OTLP_ENDPOINT',
        words:
          'Where a collector takes OTLP over HTTP; /v1/traces is added. Unset, nothing is traced and nothing of it is loaded. It is called directly, never through HTTPS_PROXY.',
        example: 'http://127.0.0.1:4318',
        unset: 'no traces',
      },
      {
        name: 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT',
        words: 'The same for traces alone, as a whole address.',
        example: 'http://127.0.0.1:4318/v1/traces',
        unset: 'the one above',
      },
      { name: 'OTEL_EXPORTER_OTLP_PROTOCOL', words: 'How they are written. gRPC is not spoken.' },
      { name: 'OTEL_EXPORTER_OTLP_TRACES_PROTOCOL', words: 'The same for traces alone; unset, as above.' },
      {
        name: 'OTEL_EXPORTER_OTLP_HEADERS',
        words: 'What the collector wants to be sent.',
        example: 'authorization=Bearer%20token',
        unset: 'none',
      },
      { name: 'OTEL_EXPORTER_OTLP_TRACES_HEADERS', words: 'More of these for traces alone.', unset: 'none' },
      { name: 'OTEL_SERVICE_NAME', words: 'The name of this server in traces.', unset: 'echov2' },
      {
        name: 'OTEL_RESOURCE_ATTRIBUTES',
        words: 'What else is said of this server with each trace.',
        example: 'deployment.environment.name=production',
        unset: 'version and replica',
      },
      {
        name: 'OTEL_TRACES_SAMPLER',
        words: 'Which traces are kept. parentbased: as whoever asked us decided, and by the rest of the name where nobody did.',
      },
      { name: 'OTEL_TRACES_SAMPLER_ARG', words: 'For traceidratio: the part that is kept, from 0 to 1.', example: '0.1', unset: '1' },
      { name: 'OTEL_BSP_SCHEDULE_DELAY', words: 'Milliseconds between two parcels of them.' },
      { name: 'OTEL_TRACES_EXPORTER', words: 'none: no traces, though there is a collector for something else.' },
      { name: 'OTEL_SDK_DISABLED', words: 'on: no traces, whatever else is set.' },
    ],
  },
];
