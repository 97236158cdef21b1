import { type FinishReason, type MessageRole, type RunError, type RunStatus, type TextFindings, type Usage } from '@echo/contract';
import { Column, CreateDateColumn, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** One turn of a conversation. Messages form a tree: edit, regenerate and continue make siblings. */
@Entity('message')
export class MessageEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id!: number;

  @Column('bigint', { name: 'conversation_id' })
  conversationId!: number;

  @Column('bigint', { name: 'parent_id', nullable: true })
  parentId!: number | null;

  @Column('text')
  role!: MessageRole;

  /** Written once, when the run ends; until then the text is in the run's events. */
  @Column('text')
  content!: string;

  @Column('text', { nullable: true })
  reasoning!: string | null;

  @Column('text')
  status!: RunStatus;

  @Column('text', { nullable: true })
  provider!: string | null;

  @Column('text', { nullable: true })
  model!: string | null;

  @Column('text', { name: 'finish_reason', nullable: true })
  finishReason!: FinishReason | null;

  @Column('jsonb', { nullable: true })
  usage!: Usage | null;

  @Column('jsonb', { nullable: true })
  error!: RunError | null;

  /** What the prompt guard found in what a client gave. */
  @Column('jsonb', { nullable: true })
  findings!: TextFindings | null;

  @CreateDateColumn({ type: 'timestamptz', name: 'created_at', precision: 3 })
  createdAt!: Date;
}
