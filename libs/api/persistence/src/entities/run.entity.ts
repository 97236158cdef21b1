import { type Cost, type FinishReason, type RunError, type RunErrorCode, type RunStatus, type Usage } from '@echo/contract';
import { Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';

/** One answer being made, or made. */
@Entity('run')
export class RunEntity {
  /** UUID v7: its prefix is the time of its creation. */
  @PrimaryColumn('uuid')
  id!: string;

  @Column('bigint', { name: 'message_id' })
  messageId!: number;

  @Column('bigint', { name: 'conversation_id' })
  conversationId!: number;

  @Column('uuid', { name: 'owner_id' })
  ownerId!: string;

  @Column('uuid', { name: 'replica_id' })
  replicaId!: string;

  @Column('text')
  status!: RunStatus;

  @Column('text')
  provider!: string;

  @Column('text')
  model!: string;

  /** What answered, where it differs from what was asked for. */
  @Column('text', { name: 'used_provider', nullable: true })
  usedProvider!: string | null;

  @Column('text', { name: 'used_model', nullable: true })
  usedModel!: string | null;

  /** Why it does. */
  @Column('text', { name: 'fallback_reason', nullable: true })
  fallbackReason!: RunErrorCode | null;

  /** The newest message that the model was not given: it and those before did not fit into its context. */
  @Column('bigint', { name: 'memory_after', nullable: true })
  memoryAfter!: number | null;

  @Column('int', { name: 'last_seq', nullable: true })
  lastSeq!: number | null;

  @Column('text', { name: 'finish_reason', nullable: true })
  finishReason!: FinishReason | null;

  @Column('jsonb', { nullable: true })
  usage!: Usage | null;

  @Column('jsonb', { nullable: true })
  cost!: Cost | null;

  @Column('jsonb', { nullable: true })
  error!: RunError | null;

  @Column({ type: 'timestamptz', name: 'stop_requested_at', precision: 3, nullable: true })
  stopRequestedAt!: Date | null;

  @CreateDateColumn({ type: 'timestamptz', name: 'created_at', precision: 3 })
  createdAt!: Date;

  @Column({ type: 'timestamptz', name: 'first_content_at', precision: 3, nullable: true })
  firstContentAt!: Date | null;

  /** The first text of the answer: later than `firstContentAt` where the model thought before. */
  @Column({ type: 'timestamptz', name: 'answer_began_at', precision: 3, nullable: true })
  answerBeganAt!: Date | null;

  @Column({ type: 'timestamptz', name: 'finished_at', precision: 3, nullable: true })
  finishedAt!: Date | null;
}
