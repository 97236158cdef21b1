import { costOf, PriceBook } from './price-book';
import { readPriceList } from './price-list';

const openai = { id: 'openai', baseUrl: 'https://api.openai.com/v1' };
const azure = { id: 'azure', baseUrl: 'https://company.openai.azure.com/openai/v1' };
const lab = { id: 'lab', baseUrl: 'http://10.0.0.5:8000/v1' };

describe('the price book', () => {
  const shipped = new PriceBook();

  it('knows well-known models by the vendor’s host, with the day of the price', () => {
    expect(shipped.facts(openai, 'gpt-4o')).toEqual({
      price: { input: 2.5, output: 10, cached_input: 1.25, currency: 'USD', as_of: '2025-10-01' },
      contextLength: 128_000,
      reasoning: false,
    });
    expect(shipped.facts(azure, 'gpt-4o').price).toEqual(shipped.facts(openai, 'gpt-4o').price);
  });

  it.each([
    ['gpt-4o-2024-08-06', 'gpt-4o'],
    ['gpt-4-0613', 'gpt-4'],
    ['gpt-4-turbo-2024-04-09', 'gpt-4-turbo'],
    ['gpt-4o-mini-2024-07-18', 'gpt-4o-mini'],
  ])('takes %s for an edition of %s', (edition, model) => {
    expect(shipped.facts(openai, edition)).toEqual(shipped.facts(openai, model));
    expect(shipped.facts(openai, edition).price).not.toBeNull();
  });

  it.each(['gpt-4o-audio', 'gpt-4o-realtime-preview', 'gpt-4.5', 'my-gpt-4o'])('does not guess the price of %s', (model) => {
    expect(shipped.facts(openai, model).price).toBeNull();
  });

  it('knows nothing of a server that only sounds like a vendor', () => {
    expect(shipped.facts({ id: 'openai', baseUrl: 'https://api.openai.com.example/v1' }, 'gpt-4o').price).toBeNull();
    expect(shipped.facts(lab, 'gpt-4o').price).toBeNull();
  });

  it('believes the operator first, by provider and by pattern', () => {
    const own = readPriceList({
      as_of: '2026-10-31',
      currency: 'EUR',
      vendors: [
        { providers: ['lab'], models: [{ model: 'llama*', input: 0.2, output: 0.4, reasoning: true }] },
        { vendor: 'OpenAI', hosts: ['api.openai.com'], models: [{ model: 'gpt-4o', input: 1, output: 2 }] },
      ],
    });
    const book = new PriceBook(own);
    expect(book.facts(lab, 'llama-3-70b')).toEqual({
      price: { input: 0.2, output: 0.4, cached_input: null, currency: 'EUR', as_of: '2026-10-31' },
      contextLength: null,
      reasoning: true,
    });
    expect(book.facts(openai, 'gpt-4o').price).toMatchObject({ input: 1, currency: 'EUR' });
    expect(book.facts(openai, 'gpt-4o-mini').price).toMatchObject({ input: 0.15, currency: 'USD' });
  });

  it.each<[unknown, string]>([
    [[], 'it must be an object'],
    [{ as_of: 'today', currency: 'USD', vendors: [] }, 'as_of must be a date'],
    [{ as_of: '2026-01-01', currency: '$', vendors: [] }, 'currency must be a code'],
    [{ as_of: '2026-01-01', currency: 'USD', vendors: [{ models: [] }] }, 'vendors[0] must have hosts or providers'],
    [
      { as_of: '2026-01-01', currency: 'USD', vendors: [{ hosts: ['x'], models: [{ model: 'a', input: '1', output: 2 }] }] },
      'vendors[0].models[0]: input and output must be prices',
    ],
  ])('says where a list is wrong: %j', (value, sentence) => expect(() => readPriceList(value)).toThrow(sentence));
});

describe('the cost of an answer', () => {
  const price = { input: 2.5, output: 10, cached_input: 1.25, currency: 'USD', as_of: '2026-01-01' };

  it('is what its tokens cost', () =>
    expect(costOf(price, { input_tokens: 1_000_000, output_tokens: 100_000 })).toEqual({ amount: 3.5, currency: 'USD' }));

  it('counts cached tokens at their own price', () =>
    expect(costOf(price, { input_tokens: 1_000, output_tokens: 0, cached_tokens: 800 }).amount).toBe(0.0015));

  it('counts cached tokens as the others where they have none', () =>
    expect(costOf({ ...price, cached_input: null }, { input_tokens: 1_000, output_tokens: 0, cached_tokens: 800 }).amount).toBe(0.0025));
});
