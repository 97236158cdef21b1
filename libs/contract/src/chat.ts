import { type TextFindings } from './hidden-text/text-findings';
import { type Cost, type Fallback, type FinishReason, type RunError, type RunStatus, type RunTiming, type Usage } from './runs';
import { type ConversationUsage } from './usage';

/** `POST /api/chat` */
export interface ChatRequest {
  readonly prompt: string;
  readonly provider?: string | null;
  /** A model of `provider`, or `provider/model`. */
  readonly model?: string | null;
  /** Absent: a new conversation. */
  readonly conversation_id?: number | null;
  /** The message to answer after. Absent: the newest; null: a new root. */
  readonly parent_id?: number | null;
  /** true: server-sent events; else JSON. */
  readonly stream?: boolean;
}

/** `POST /api/chat/conversation` */
export interface ConversationChatRequest {
  /** The last one is the user's. */
  readonly messages: readonly { readonly role: 'user' | 'assistant'; readonly content: string }[];
  readonly provider?: string | null;
  readonly model?: string | null;
  readonly stream?: boolean;
}

/** `POST /api/messages/:id/regenerate` */
export interface RegenerateRequest {
  readonly provider?: string | null;
  readonly model?: string | null;
  readonly stream?: boolean;
}

/** `POST /api/messages/:id/continue` */
export type ContinueRequest = RegenerateRequest;

/** The answer as JSON, when `stream` is false. */
export interface ChatResponse {
  readonly response: string;
  readonly model: string;
  readonly provider: string;
  readonly conversation_id: number;
  readonly message_id: number;
  readonly run_id: string;
  readonly finish_reason: FinishReason;
  readonly usage: Usage;
  /** null when nobody knows the price. */
  readonly cost: Cost | null;
  /** What was found in the prompt; absent: nothing. */
  readonly findings?: TextFindings;
}

/** One page of a list. */
export interface Page<T> {
  readonly items: readonly T[];
  /** Pass it as `cursor` for the next page; null on the last. */
  readonly next_cursor: string | null;
}

export interface Conversation {
  readonly id: number;
  readonly title: string;
  readonly provider: string | null;
  readonly model: string | null;
  readonly pinned: boolean;
  readonly archived: boolean;
  /** Whether an answer ended that its owner has not seen. */
  readonly unread: boolean;
  /** The run that is answering now; null when none is. */
  readonly live_run_id: string | null;
  /** Of all its answers together, those of every branch. */
  readonly usage: ConversationUsage;
  readonly created_at: string;
  readonly updated_at: string;
}

/** How every answer of a conversation is asked for. */
export interface ConversationSettings {
  /** What the model is told before the conversation; null: nothing. */
  readonly system_prompt: string | null;
  /** 0 to 2; null: the model's own. */
  readonly temperature: number | null;
}

/** A conversation as it is read by itself. In lists its settings are left out: a system prompt may be long. */
export interface ConversationDetails extends Conversation, ConversationSettings {}

/** `POST /api/conversations` */
export interface CreateConversationRequest extends Partial<ConversationSettings> {
  readonly title?: string;
}

/** `PATCH /api/conversations/:id` */
export interface UpdateConversationRequest extends Partial<ConversationSettings> {
  readonly title?: string;
  readonly pinned?: boolean;
  readonly archived?: boolean;
  /** false: its answers were seen. */
  readonly unread?: boolean;
}

export type MessageRole = 'user' | 'assistant';

export interface Message {
  readonly id: number;
  readonly conversation_id: number;
  /** null: the first message of a branch. */
  readonly parent_id: number | null;
  readonly role: MessageRole;
  /** Empty while the run is live: its text is in the run's events. */
  readonly content: string;
  readonly reasoning: string | null;
  /** How the message's run stands; `completed` for what a person wrote. */
  readonly status: RunStatus;
  /** Who answered: another one than was asked for, where `fallback` says so. */
  readonly provider: string | null;
  readonly model: string | null;
  readonly fallback: Fallback | null;
  readonly finish_reason: FinishReason | null;
  readonly usage: Usage | null;
  /** null when nobody knows the price. */
  readonly cost: Cost | null;
  /** null while the run is live, and for what a person wrote. */
  readonly timing: RunTiming | null;
  /** The newest message that the model was not given: it and those before did not fit into its context. null: it was given all. */
  readonly memory_after: number | null;
  readonly error: RunError | null;
  readonly run_id: string | null;
  /** What was found in a message that a client gave; null: nothing, or nobody looked. */
  readonly findings: TextFindings | null;
  readonly created_at: string;
}
