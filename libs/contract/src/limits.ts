/** Limits that browser and server share. A character is a Unicode code point. */
export const LIMITS = {
  /** Characters in one message, as shipped; the operator's figure is in `ServerInfo.max_prompt_chars`. */
  promptChars: 200_000,
  /** Characters in a conversation's title. */
  titleChars: 200,
  /** Characters of the prompt's first line that become the title. */
  autoTitleChars: 60,
  /** Characters in a system prompt. */
  systemPromptChars: 32_000,
  /** The highest temperature that a conversation can ask for. */
  temperatureMax: 2,
  /** Characters in the names of a provider and a model. */
  nameChars: 200,
  /** Characters in an e-mail address and in a person's or a key's name. */
  emailChars: 254,
  personNameChars: 100,
  keyNameChars: 100,
  /** API keys of one person, those that are over included. */
  keysPerPerson: 100,
  /** Characters in a password. */
  passwordMinChars: 12,
  passwordMaxChars: 128,
  /** Messages in one `POST /api/chat/conversation`. */
  messagesPerConversationPost: 1_000,
  /** Visible ASCII characters in an `Idempotency-Key`. */
  idempotencyKeyChars: 255,
  /** Bytes in the body of a chat request, and of any other. */
  chatBodyBytes: 2 * 1024 * 1024,
  bodyBytes: 256 * 1024,
  /** Entries on one page of a list: at most, and unless asked. */
  pageSizeMax: 200,
  pageSizeDefault: 50,
  /** Characters in a search. */
  queryChars: 200,
} as const;

/** Milliseconds between two heartbeat comments on a stream. */
export const HEARTBEAT_MS = 5_000;
