import { Access, Asker, Refusal, Refuses, type Requester } from '@echo/api-security';
import { ModelRegistry, UnknownProviderError } from '@echo/api-providers';
import { type ModelList, type ProviderList } from '@echo/contract';
import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ModelListDto, ProviderListDto } from './dto/models';

/** What can be chosen. */
@ApiTags('models')
@Controller()
export class ModelsController {
  constructor(private readonly registry: ModelRegistry) {}

  @Get('chat/providers')
  @Access('user', { scope: 'models:read' })
  @ApiOperation({ operationId: 'listProviders', summary: 'List providers, and servers on this machine that could be one' })
  @ApiOkResponse({ type: ProviderListDto })
  @Refuses()
  providers(@Asker() { role }: Requester): Promise<ProviderList> {
    return this.registry.list(role);
  }

  @Get('chat/providers/:provider/models')
  @Access('user', { scope: 'models:read' })
  @ApiOperation({ operationId: 'listProviderModels', summary: 'List the models of one provider' })
  @ApiParam({ name: 'provider', type: String, example: 'guide' })
  @ApiOkResponse({ type: ModelListDto })
  @Refuses('provider_not_found')
  async providerModels(@Asker() { role }: Requester, @Param('provider') provider: string): Promise<ModelList> {
    try {
      return await this.registry.models(provider, role);
    } catch (error) {
      // In a path an unknown name is a place that does not exist, not a wrong field.
      if (error instanceof UnknownProviderError) throw new Refusal('provider_not_found', error.message);
      throw error;
    }
  }

  @Get('models')
  @Access('user', { scope: 'models:read' })
  @ApiOperation({ operationId: 'listModels', summary: 'List the models of all providers' })
  @ApiOkResponse({ type: ModelListDto })
  @Refuses()
  models(@Asker() { role }: Requester): Promise<ModelList> {
    return this.registry.models(undefined, role);
  }
}
