import { UrlSegment, type UrlSegmentGroup } from '@angular/router';
import { chatAddress } from './chat-address';

const match = (...paths: string[]) =>
  chatAddress(
    paths.map((path) => new UrlSegment(path, {})),
    {} as UrlSegmentGroup,
    {},
  );

describe('chatAddress', () => {
  it('takes the root for a new chat', () => {
    expect(match()).toEqual({ consumed: [] });
  });

  it('reads the number of a conversation', () => {
    expect(match('c', '123')?.posParams?.['id']?.path).toBe('123');
  });

  it.each([[['c']], [['c', 'abc']], [['c', '0']], [['c', '-1']], [['c', '1', 'more']], [['d', '1']], [['c', '9999999999999999']]])(
    'leaves %j to the page that says that there is nothing',
    (paths) => {
      expect(match(...paths)).toBeNull();
    },
  );
});
