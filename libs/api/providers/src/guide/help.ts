/** First line of every answer that could be taken for a model's. */
export const NOT_AN_AI = '**This is the Guide, a part of EchoV2. It is not an AI.**';

export const HELP = `${NOT_AN_AI}

EchoV2 is a chat for teams that runs on your own machines. It talks to OpenAI, Anthropic and Google Gemini, to local servers such as Ollama, llama.cpp, LM Studio and vLLM, and to everything else that speaks one of their protocols.

### What you can rely on
- **What you saw is never lost.** Every piece of an answer is stored before it is shown. Close the page, come back: the answer went on without you.
- **What you stop is really stopped.** *Stop* closes the connection to the model.
- **Every answer ends**, with a text or with a reason.

### What the Guide can do
| type | and you get |
|---|---|
| \`/setup\` | what is connected now, and the next step |
| \`/demo markdown\` | headings, lists, quotes, links |
| \`/demo code\` | code in several languages |
| \`/demo table\` | a table |
| \`/demo math\` | formulas as text |
| \`/demo long 1000\` | a thousand words |
| \`/demo slow\` | an answer that starts after ten seconds |
| \`/demo error rate_limit\` | an answer that fails in the middle |
| \`/demo stall\` | an answer that falls silent |
| anything else | your own text, with its length |

To connect a model, open **Settings → Providers**, or type \`/setup\`.
`;
