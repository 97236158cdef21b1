import { requestHash } from './request-hash';
import { titleOf } from './title';

describe('titleOf', () => {
  it('takes the first line that says something', () => {
    expect(titleOf('\n  \n\tPlans for spring \r\nand more')).toBe('Plans for spring');
  });

  it('keeps 60 characters and cuts none of them in two', () => {
    expect(titleOf('👍'.repeat(80))).toBe('👍'.repeat(60));
  });
});

describe('requestHash', () => {
  it('is the same whatever the order of fields, and for both forms of the answer', () => {
    expect(requestHash('chat', { prompt: 'a', model: 'm', stream: true })).toBe(
      requestHash('chat', { stream: false, model: 'm', prompt: 'a' }),
    );
    expect(requestHash('chat', { prompt: 'a', model: undefined })).toBe(requestHash('chat', { prompt: 'a' }));
  });

  it('tells other requests apart', () => {
    const hashes = [
      requestHash('chat', { prompt: 'a' }),
      requestHash('chat', { prompt: 'b' }),
      requestHash('x', { prompt: 'a' }),
      requestHash('chat', { prompt: 'a', parent_id: null }),
    ];
    expect(new Set(hashes).size).toBe(hashes.length);
  });
});
