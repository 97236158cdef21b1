export type {
  ChatRequest,
  ChatResponse,
  ContinueRequest,
  Conversation,
  ConversationChatRequest,
  CreateConversationRequest,
  Message,
  MessageRole,
  Page,
  RegenerateRequest,
  UpdateConversationRequest,
} from './chat';
export { HEARTBEAT_MS, LIMITS } from './limits';
export { PROBLEMS, type FieldProblem, type Problem, type ProblemCode } from './problems';
export type { DiscoveredServer, Model, ModelList, Provider, ProviderList } from './providers';
export {
  isTerminal,
  isText,
  type ContentEvent,
  type DoneEvent,
  type ErrorEvent,
  type ReasoningEvent,
  type RunEvent,
  type RunEventType,
  type SequencedEvent,
  type StartEvent,
  type StatusEvent,
} from './run-events';
export {
  FINISH_REASONS,
  LIVE_RUN_STATUSES,
  RUN_ERROR_CODES,
  RUN_STATUSES,
  isLive,
  type FinishReason,
  type Run,
  type RunError,
  type RunErrorCode,
  type RunStatus,
  type Usage,
} from './runs';
export type { Health, ServerInfo } from './server';
export { countChars, findCharacterFault, findTextFault, type TextFault } from './text';
