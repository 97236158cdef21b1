export { EchoApp, type EchoAppOptions, WORKSPACE } from './app/echo-app';
export { EventReader, type ReadEvent } from './app/event-reader';
export { collectAnswer, type CollectedAnswer } from './provider-server/collect-answer';
export { startTestPostgres, type TestPostgres } from './postgres/test-postgres';
export { openAiChat, type OpenAiTextOptions } from './provider-server/open-ai-chat';
export { ScriptedProvider, type AnswerChoice } from './provider-server/scripted-provider';
export type { ScriptedAnswer, ScriptStep } from './provider-server/scripted-answer';
export type { ScriptedRequest } from './provider-server/scripted-request';
