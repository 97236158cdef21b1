/**
 * The spellings by which model families mark turns and roles. Servers that put a template around what people write, and then look for these in all of it (transformers,
 * vLLM, llama.cpp), may take such a spelling in a message for the mark itself.
 */
export const TEMPLATE_TOKENS = {
  chatml: [
    '<|im_start|>',
    '<|im_end|>',
    '<|im_sep|>',
    '<|endoftext|>',
    '<|endofprompt|>',
    '<|fim_prefix|>',
    '<|fim_middle|>',
    '<|fim_suffix|>',
  ],
  harmony: ['<|start|>', '<|end|>', '<|message|>', '<|channel|>', '<|constrain|>', '<|return|>', '<|call|>'],
  llama: [
    '<|begin_of_text|>',
    '<|end_of_text|>',
    '<|start_header_id|>',
    '<|end_header_id|>',
    '<|eot_id|>',
    '<|eom_id|>',
    '<|python_tag|>',
    '<|header_start|>',
    '<|header_end|>',
    '<|eot|>',
    '<|eom|>',
    '<<SYS>>',
    '<</SYS>>',
    '<s>',
    '</s>',
  ],
  mistral: [
    '[INST]',
    '[/INST]',
    '[SYSTEM_PROMPT]',
    '[/SYSTEM_PROMPT]',
    '[AVAILABLE_TOOLS]',
    '[/AVAILABLE_TOOLS]',
    '[TOOL_CALLS]',
    '[TOOL_RESULTS]',
    '[/TOOL_RESULTS]',
  ],
  gemma: ['<start_of_turn>', '<end_of_turn>', '<bos>', '<eos>', '<|turn|>', '<|turn>', '<turn|>'],
  phi: ['<|system|>', '<|user|>', '<|assistant|>', '<|observation|>'],
  command: ['<|START_OF_TURN_TOKEN|>', '<|END_OF_TURN_TOKEN|>', '<|SYSTEM_TOKEN|>', '<|USER_TOKEN|>', '<|CHATBOT_TOKEN|>'],
  deepseek: ['<｜begin▁of▁sentence｜>', '<｜end▁of▁sentence｜>', '<｜User｜>', '<｜Assistant｜>'],
  completion: ['\n\nHuman:', '\n\nAssistant:', '### Instruction:', '### Response:'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** What is put after the first character of a token to break it: a word joiner, which no tokenizer takes for part of one and no reader sees. */
const BREAK = '\u2060';

/** Each token, its longer namesakes first, whether broken or not. */
const ANY = new RegExp(
  Object.values(TEMPLATE_TOKENS)
    .flat()
    .sort((one, other) => other.length - one.length)
    .map((token) => `${literal(token.slice(0, 1))}${BREAK}*${literal(token.slice(1))}`)
    .join('|'),
  'g',
);

/** Every spelling of a template token in a text that is not broken. */
export function templateTokensIn(text: string): { readonly index: number; readonly token: string }[] {
  return [...text.matchAll(ANY)].map(({ 0: token, index }) => ({ index, token })).filter(({ token }) => token[1] !== BREAK);
}

/** The text with each template token broken after its first character, and nothing else changed. What was broken already is broken once more, so that `mendTemplateTokens` gives the text back. */
export function breakTemplateTokens(text: string): string {
  return text.replaceAll(ANY, (token) => `${token.slice(0, 1)}${BREAK}${token.slice(1)}`);
}

/** What `breakTemplateTokens` was given. */
export function mendTemplateTokens(text: string): string {
  return text.replaceAll(ANY, (token) => (token[1] === BREAK ? `${token.slice(0, 1)}${token.slice(2)}` : token));
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
