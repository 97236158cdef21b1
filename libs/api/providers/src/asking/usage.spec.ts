import { usageOf } from './usage';

describe('the tokens of an answer', () => {
  it('are unknown where nobody counted them, and 0 where one side was not counted', () => {
    expect(usageOf({ input: undefined, output: undefined, cached: 5 })).toBeUndefined();
    expect(usageOf({ input: 3, output: undefined })).toEqual({ input_tokens: 3, output_tokens: 0 });
  });

  it('tell their parts where there are any, and no part is more than its whole', () => {
    expect(usageOf({ input: 9, output: 4, cached: 0, reasoning: 0 })).toEqual({ input_tokens: 9, output_tokens: 4 });
    expect(usageOf({ input: 9, output: 4, cached: 5, reasoning: 3 })).toMatchObject({ cached_tokens: 5, reasoning_tokens: 3 });
    expect(usageOf({ input: 9, output: 4, cached: 50, reasoning: 30 })).toMatchObject({ cached_tokens: 9, reasoning_tokens: 4 });
  });
});
