import {
  type ChangedProvider,
  PROVIDER_WIRES,
  type ProviderSetup,
  type ProviderSetupList,
  type ProviderTest,
  type ProviderTimes,
  type ProviderWire,
  TOKEN_POLICIES,
  type TokenPolicy,
} from '@echo/contract';
import { ApiProperty } from '@nestjs/swagger';

const SECONDS = { type: 'integer', nullable: true } as const;
const TEXT = { type: String, nullable: true } as const;

class ProviderTimesSetupDto implements ProviderTimes {
  @ApiProperty(SECONDS)
  connect!: number | null;

  @ApiProperty(SECONDS)
  first_content!: number | null;

  @ApiProperty(SECONDS)
  idle!: number | null;

  @ApiProperty(SECONDS)
  total!: number | null;
}

class ProviderStateDto {
  @ApiProperty()
  healthy!: boolean;

  @ApiProperty({ ...TEXT, description: 'Why it is not healthy.' })
  problem!: string | null;

  @ApiProperty(TEXT)
  default_model!: string | null;
}

export class ProviderSetupDto implements ProviderSetup {
  @ApiProperty({ example: 'openai' })
  id!: string;

  @ApiProperty({ example: 'OpenAI' })
  name!: string;

  @ApiProperty({ enum: PROVIDER_WIRES })
  wire!: ProviderWire;

  @ApiProperty({ example: 'https://api.openai.com/v1' })
  base_url!: string;

  @ApiProperty({ ...TEXT, description: 'The last four characters of the key; null without a key.', example: 'f3a1' })
  key_hint!: string | null;

  @ApiProperty({ type: [String], nullable: true, description: 'null: whatever the provider lists.' })
  models!: string[] | null;

  @ApiProperty(TEXT)
  default_model!: string | null;

  @ApiProperty({ type: Boolean, nullable: true })
  continues!: boolean | null;

  @ApiProperty({ enum: TOKEN_POLICIES, description: 'What becomes of template tokens on their way to it.' })
  template_tokens!: TokenPolicy;

  @ApiProperty({ type: [String], description: 'Names of the extra headers. Their values never come back.' })
  headers!: string[];

  @ApiProperty({ type: [String], description: 'Names of what is added to every URL. The values never come back.' })
  query!: string[];

  @ApiProperty({ description: 'Whether it is on this machine or its network.' })
  allow_private!: boolean;

  @ApiProperty()
  enabled!: boolean;

  @ApiProperty({ type: () => ProviderTimesSetupDto, description: 'Seconds; null: as for all others.' })
  times!: ProviderTimesSetupDto;

  @ApiProperty({ enum: ['environment', 'settings'], description: '`environment`: it cannot be changed over the API.' })
  origin!: 'environment' | 'settings';

  @ApiProperty({
    description: 'Whether its key, headers and query were sealed by another master key: they cannot be opened, and must be given again.',
  })
  locked!: boolean;

  @ApiProperty({ type: () => ProviderStateDto, nullable: true, description: 'How it stands; null while it is switched off.' })
  state!: ProviderStateDto | null;
}

export class ProviderSetupListDto implements ProviderSetupList {
  @ApiProperty({ type: [ProviderSetupDto] })
  providers!: ProviderSetupDto[];

  @ApiProperty({ enum: PROVIDER_WIRES, isArray: true, description: 'The protocols that this server speaks.' })
  wires!: ProviderWire[];
}

export class ChangedProviderDto implements ChangedProvider {
  @ApiProperty({ type: ProviderSetupDto })
  provider!: ProviderSetupDto;

  @ApiProperty({ description: 'Whether key, headers and query were forgotten: they were given for another host.' })
  secrets_cleared!: boolean;
}

export class ProviderTestDto implements ProviderTest {
  @ApiProperty()
  ok!: boolean;

  @ApiProperty({ description: 'What works, or what to do.' })
  message!: string;

  @ApiProperty({ ...TEXT, description: 'The model that was asked.' })
  model!: string | null;

  @ApiProperty({ ...TEXT, description: 'What it began to say.' })
  answer!: string | null;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Milliseconds to its first word.' })
  first_word_ms!: number | null;

  @ApiProperty({ type: [String], description: 'The models that the provider lists, at most a hundred.' })
  models!: string[];
}
