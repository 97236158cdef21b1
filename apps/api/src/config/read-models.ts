import { type Fallbacks, type PriceList, readPriceList } from '@echo/api-providers';
import { readFileSync } from 'node:fs';
import { type Environment } from './environment';

/** Which models answer in place of others: `{"openai/gpt-4o": ["anthropic/…", "ollama/…"]}`. */
export function readFallbacks(environment: Environment): Fallbacks | undefined {
  const name = 'ECHO_FALLBACKS';
  const text = environment.text(name);
  if (text === undefined) return undefined;
  const shape =
    'must be JSON such as {"openai/gpt-4o":["ollama/llama3.2"]}: provider/model, or a pattern with *, and the models that answer in its place';
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return environment.wrong(name, shape);
  }
  return isFallbacks(value) ? value : environment.wrong(name, shape);
}

/** The operator's own prices, in the form of the list that we ship. */
export function readPrices(environment: Environment): PriceList | undefined {
  const name = 'ECHO_PRICES_FILE';
  const file = environment.text(name);
  if (file === undefined) return undefined;
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    // The operator named a file that we cannot read; the reason is theirs to mend.
    return environment.wrong(name, `names a file that cannot be read (${(error as NodeJS.ErrnoException).code ?? 'error'}): ${file}`);
  }
  try {
    return readPriceList(JSON.parse(text));
  } catch (error) {
    // Not JSON, or not a list of prices: the error says where.
    return environment.wrong(name, `names a file that is no list of prices (${(error as Error).message}): ${file}`);
  }
}

function isFallbacks(value: unknown): value is Fallbacks {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((chain) => Array.isArray(chain) && chain.every((each) => typeof each === 'string' && each.includes('/')))
  );
}
