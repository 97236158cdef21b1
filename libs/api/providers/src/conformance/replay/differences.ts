import { type Difference, type Failure } from './recordings';

/** Where we differ from the official SDKs on purpose, one by one. */
export const DIFFERENCES: readonly Difference[] = [
  {
    file: 'openai-compatible/src/chat/__fixtures__/xai-text.chunks.txt',
    ours: { usage: { input: 12, output: 342 } },
    why: 'xAI counts 340 reasoning tokens outside of completion_tokens; they are billed',
  },
  {
    file: 'openai-compatible/src/chat/__fixtures__/xai-tool-call.chunks.txt',
    ours: { usage: { input: 307, output: 253 } },
    why: 'as above: 227 reasoning tokens',
  },
  {
    file: 'packages/xai/src/__fixtures__/xai-text.chunks.txt',
    ours: { usage: { input: 12, output: 291 } },
    why: 'as above: 290 reasoning tokens',
  },
  {
    file: 'packages/xai/src/__fixtures__/xai-tool-call.chunks.txt',
    ours: { usage: { input: 291, output: 222 } },
    why: 'as above: 196 reasoning tokens',
  },
];

/** Recordings of failures, and what they are to a person. */
export const FAILURES: readonly Failure[] = [
  { file: 'cassettes/test_azure/test_chat_reasoning.yaml', kind: 'not_found' },
  { file: 'cassettes/test_vision/test_vision.yaml', kind: 'bad_request' },
  { file: 'responses/__fixtures__/openai-error.1.chunks.txt', kind: 'quota' },
  // Made by hand, and no JSON.
  { file: 'responses/__fixtures__/parallel-tool-call-wrapper.1.chunks.txt', kind: 'protocol' },
];

/** Joined from several answers; see `firstAnswer`. */
export const JOINED: readonly string[] = [
  'azure-reasoning-encrypted-content.1.chunks.txt',
  'openai-reasoning-encrypted-content.1.chunks.txt',
  'openai-shell-tool.1.chunks.txt',
  'anthropic-programmatic-tool-calling.1.chunks.txt',
  'anthropic-tool-search-bm25.1.chunks.txt',
  'anthropic-tool-search-deferred-bm25.chunks.txt',
  'anthropic-tool-search-deferred-regex.chunks.txt',
  'anthropic-tool-search-regex.1.chunks.txt',
];
