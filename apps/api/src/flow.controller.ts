import { Access, Refuses } from '@echo/api-security';
import { type FlowEvent } from '@echo/contract';
import { Controller, type MessageEvent, Sse } from '@nestjs/common';
import { ApiExtraModels, ApiOperation, ApiProperty, ApiResponse, ApiTags, getSchemaPath } from '@nestjs/swagger';
import { map, type Observable, take, timer } from 'rxjs';

const EVENTS = 6;
const PACE_MS = 100;

export class FlowEventDto implements FlowEvent {
  @ApiProperty({ type: 'integer', description: '1 is the first.' })
  number!: number;

  @ApiProperty({ type: 'integer', description: 'How many there are in all.' })
  of!: number;

  @ApiProperty({ type: 'integer', description: 'Milliseconds since the first was sent.' })
  sent_ms!: number;
}

/** Half a second of small events. Whoever reads them through a proxy sees whether they come as they were sent: `npm run doctor` does. */
@ApiTags('health')
@Controller('health')
export class FlowController {
  @Sse('stream')
  @Access('public')
  @ApiOperation({ operationId: 'flow', summary: 'Some small events, to see whether what lies between holds streams back' })
  @ApiExtraModels(FlowEventDto)
  @ApiResponse({
    status: 200,
    description: 'Server-sent events: each `data:` line is a FlowEvent.',
    content: { 'text/event-stream': { schema: { $ref: getSchemaPath(FlowEventDto) } } },
  })
  @Refuses()
  flow(): Observable<MessageEvent> {
    const began = performance.now();
    return timer(0, PACE_MS).pipe(
      take(EVENTS),
      map((index) => ({ id: String(index + 1), data: { number: index + 1, of: EVENTS, sent_ms: Math.round(performance.now() - began) } })),
    );
  }
}
