import { type AskingStyle, easierStyle, FIRST_STYLE } from './asking-style';

const refused = (message: string, param = '', status = 400, style: AskingStyle = FIRST_STYLE) =>
  easierStyle(style, ['stream_options', 'temperature', 'max_tokens', 'reasoning'], status, { message, param, codes: '' });

describe('an easier way to ask', () => {
  it.each([
    ['Extra inputs are not permitted: stream_options', { without: ['stream_options'] }],
    [
      "Unsupported value: 'temperature' does not support 0.5 with this model. Only the default (1) value is supported.",
      { without: ['temperature'] },
    ],
    ["Unsupported parameter: 'max_tokens' is not supported. Use 'max_completion_tokens' instead.", { without: ['max_tokens'] }],
    ['Thinking is not enabled for this model', { without: ['reasoning'] }],
    ['max_tokens: 64000 > 4096, which is the maximum', { maxOutputTokens: 4_096 }],
    ['This model does not support streaming', { stream: false }],
  ])('is found after %j', (message, expected) => expect(refused(message)).toEqual({ ...FIRST_STYLE, ...expected }));

  it('leaves out one thing after the other', () => {
    const style = refused('temperature is not supported', '', 400, { stream: true, without: ['stream_options'] });
    expect(style).toEqual({ stream: true, without: ['stream_options', 'temperature'] });
  });

  it.each([
    ['a status that is about something else', refused('stream is not supported', '', 500)],
    ['a temperature that is out of range', refused('temperature: must be between 0 and 2', '', 401)],
    ['a model that is not there', refused('models/x is not found, or is not supported for streamGenerateContent', '', 404)],
    ['the second refusal of the same', refused('stream is not supported', 'stream', 400, { stream: false, without: [] })],
    ['no report', easierStyle(FIRST_STYLE, [], 400, undefined)],
    ['a field that was not sent', easierStyle(FIRST_STYLE, [], 400, { message: 'temperature is not supported', param: '', codes: '' })],
  ])('is not looked for after %s', (_, style) => expect(style).toBeUndefined());
});
