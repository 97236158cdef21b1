import { Access, Refuses } from '@echo/api-security';
import { type ServerInfo } from '@echo/contract';
import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { VERSION } from './version';

export class ServerInfoDto implements ServerInfo {
  @ApiProperty({ enum: ['EchoV2'] })
  name!: 'EchoV2';

  @ApiProperty({ example: VERSION })
  version!: string;

  @ApiProperty({ type: 'integer', description: 'Characters that one message may have here.', example: 200_000 })
  max_prompt_chars!: number;
}

/** What a client may know about this server. */
export class ServerInfoSource {
  constructor(readonly maxPromptChars: number) {}
}

@ApiTags('health')
@Controller('version')
export class ServerInfoController {
  constructor(private readonly source: ServerInfoSource) {}

  @Get()
  @Access('public')
  @ApiOperation({ operationId: 'version', summary: 'Who answers here, and within which limits' })
  @ApiOkResponse({ type: ServerInfoDto })
  @Refuses()
  read(): ServerInfo {
    return { name: 'EchoV2', version: VERSION, max_prompt_chars: this.source.maxPromptChars };
  }
}
