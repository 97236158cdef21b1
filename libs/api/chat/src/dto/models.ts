import {
  type CreateProviderRequest,
  type DiscoveredServer,
  type Model,
  type ModelList,
  type ModelPrice,
  type Provider,
  type ProviderList,
  PROVIDER_WIRES,
  type ProviderWire,
} from '@echo/contract';
import { ApiProperty } from '@nestjs/swagger';

export class ProviderDto implements Provider {
  @ApiProperty({ example: 'openai' })
  id!: string;

  @ApiProperty({ example: 'OpenAI' })
  name!: string;

  @ApiProperty({ enum: ['guide', 'model'], description: 'The built-in Guide is not an AI.' })
  kind!: 'guide' | 'model';

  @ApiProperty()
  healthy!: boolean;

  @ApiProperty({ type: String, nullable: true, description: 'Why it is not healthy.' })
  problem!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'The model that is used when none is named.' })
  default_model!: string | null;
}

class ConnectServerDto implements Pick<CreateProviderRequest, 'id' | 'wire' | 'base_url'> {
  @ApiProperty({ example: 'ollama' })
  id!: string;

  @ApiProperty({ enum: PROVIDER_WIRES })
  wire!: ProviderWire;

  @ApiProperty({ example: 'http://127.0.0.1:11434' })
  base_url!: string;
}

export class DiscoveredServerDto implements DiscoveredServer {
  @ApiProperty({ example: 'Ollama' })
  name!: string;

  @ApiProperty({ example: 'http://127.0.0.1:11434/v1' })
  base_url!: string;

  @ApiProperty({ type: [String] })
  models!: string[];

  @ApiProperty({
    type: ConnectServerDto,
    description: 'What adds it to the providers: the beginning of a body for `POST /api/admin/providers`.',
  })
  connect!: ConnectServerDto;

  @ApiProperty({ description: 'The setting that connects it.' })
  setting!: string;
}

export class ProviderListDto implements ProviderList {
  @ApiProperty({ type: [ProviderDto] })
  providers!: ProviderDto[];

  @ApiProperty({ description: '`provider/model` that is used when a request names none.', example: 'guide/guide' })
  default_model!: string;

  @ApiProperty({ type: [DiscoveredServerDto], description: 'Servers that answered on this machine. Offered, never used unasked.' })
  discovered!: DiscoveredServerDto[];
}

class ModelPriceDto implements ModelPrice {
  @ApiProperty({ example: 2.5 })
  input!: number;

  @ApiProperty({ example: 10 })
  output!: number;

  @ApiProperty({ type: Number, nullable: true, description: 'For tokens that the vendor had in its cache; null: as the others.' })
  cached_input!: number | null;

  @ApiProperty({ example: 'USD' })
  currency!: string;

  @ApiProperty({ format: 'date', description: 'The day on which the price was true.', example: '2026-01-31' })
  as_of!: string;
}

export class ModelDto implements Model {
  @ApiProperty({ example: 'gpt-4' })
  id!: string;

  @ApiProperty({ example: 'openai' })
  provider!: string;

  @ApiProperty()
  streaming!: boolean;

  @ApiProperty({ description: 'Whether it can go on from the beginning of an answer.' })
  continues!: boolean;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Tokens; null when the vendor does not tell.' })
  context_length!: number | null;

  @ApiProperty({ type: Boolean, nullable: true, description: 'Whether it thinks before it speaks; null when nobody knows.' })
  reasoning!: boolean | null;

  @ApiProperty({ type: () => ModelPriceDto, nullable: true, description: 'Per million tokens; null when nobody knows.' })
  price!: ModelPriceDto | null;
}

class ModelListProblemDto {
  @ApiProperty()
  provider!: string;

  @ApiProperty()
  problem!: string;
}

export class ModelListDto implements ModelList {
  @ApiProperty({ type: [ModelDto] })
  models!: ModelDto[];

  @ApiProperty({ type: [ModelListProblemDto], description: 'Providers that could not list their models now, and why.' })
  problems!: ModelListProblemDto[];
}
