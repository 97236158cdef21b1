import { Column, CreateDateColumn, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** A thread of messages that one person owns. */
@Entity('conversation')
export class ConversationEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id!: number;

  @Column('uuid', { name: 'owner_id' })
  ownerId!: string;

  @Column('text')
  title!: string;

  @Column('text', { name: 'system_prompt', nullable: true })
  systemPrompt!: string | null;

  @Column('text', { nullable: true })
  provider!: string | null;

  @Column('text', { nullable: true })
  model!: string | null;

  @Column('real', { nullable: true })
  temperature!: number | null;

  @Column('boolean')
  pinned!: boolean;

  /** Whether an answer ended that its owner has not seen. */
  @Column('boolean')
  unread!: boolean;

  /** Sums over all its answers. */
  @Column('bigint', { name: 'input_tokens' })
  inputTokens!: number;

  @Column('bigint', { name: 'output_tokens' })
  outputTokens!: number;

  @Column('boolean', { name: 'usage_estimated' })
  usageEstimated!: boolean;

  /** Amount by currency. */
  @Column('jsonb')
  costs!: Readonly<Record<string, number>>;

  @Column({ type: 'timestamptz', name: 'archived_at', precision: 3, nullable: true })
  archivedAt!: Date | null;

  @CreateDateColumn({ type: 'timestamptz', name: 'created_at', precision: 3 })
  createdAt!: Date;

  @Column({ type: 'timestamptz', name: 'updated_at', precision: 3 })
  updatedAt!: Date;
}
