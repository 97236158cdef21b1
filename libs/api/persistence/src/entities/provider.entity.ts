import { Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';

/** A provider that an administrator added. Times are in seconds. */
@Entity('provider')
export class ProviderEntity {
  @PrimaryColumn('text')
  id!: string;

  @Column('text')
  name!: string;

  @Column('text')
  wire!: string;

  @Column('text', { name: 'base_url' })
  baseUrl!: string;

  /** Sealed. */
  @Column('text', { name: 'api_key', nullable: true })
  apiKey!: string | null;

  /** The last characters of the key, for people to tell keys apart. */
  @Column('text', { name: 'key_hint', nullable: true })
  keyHint!: string | null;

  /** JSON, sealed. */
  @Column('text', { nullable: true })
  headers!: string | null;

  /** JSON, sealed. */
  @Column('text', { nullable: true })
  query!: string | null;

  @Column('text', { array: true, nullable: true })
  models!: string[] | null;

  @Column('text', { name: 'default_model', nullable: true })
  defaultModel!: string | null;

  @Column('boolean', { nullable: true })
  continues!: boolean | null;

  @Column('text', { name: 'template_tokens' })
  templateTokens!: string;

  /** Whether its address may be loopback or private: an administrator said that it is on this network. */
  @Column('boolean', { name: 'allow_private' })
  allowPrivate!: boolean;

  @Column('boolean')
  enabled!: boolean;

  @Column('int', { name: 'connect_timeout', nullable: true })
  connectTimeout!: number | null;

  @Column('int', { name: 'first_content_timeout', nullable: true })
  firstContentTimeout!: number | null;

  @Column('int', { name: 'idle_timeout', nullable: true })
  idleTimeout!: number | null;

  @Column('int', { name: 'total_timeout', nullable: true })
  totalTimeout!: number | null;

  @CreateDateColumn({ type: 'timestamptz', name: 'created_at', precision: 3 })
  createdAt!: Date;

  @Column({ type: 'timestamptz', name: 'updated_at', precision: 3 })
  updatedAt!: Date;
}

/** What is written of one. */
export type ProviderRow = Omit<ProviderEntity, 'createdAt' | 'updatedAt'>;
