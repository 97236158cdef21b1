import { AuditLog, AuditStore } from '@echo/api-persistence';
import {
  Access,
  Asker,
  badCursor,
  limitOf,
  pageOf,
  type Query,
  readCursor,
  Refuses,
  type Requester,
  STORAGE,
  writeCursor,
} from '@echo/api-security';
import { type AuditEntry, type Page } from '@echo/contract';
import { Controller, Get, Query as QueryParameters, StreamableFile } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiOperation, ApiQuery, ApiTags, getSchemaPath } from '@nestjs/swagger';
import { Readable } from 'node:stream';
import { AuditEntryDto, AuditPageDto } from '../dto/administration';
import { auditQuestion } from './audit-question';
import { CURSOR, LIMIT } from './documented';

const LINES = 'application/x-ndjson';
/** Entries that are read at once for the export. */
const PAGE = 500;
const DATE = { required: false, schema: { type: 'string' as const, format: 'date-time' } };

/** What was done here, by whom and from where. It is read and taken along, never changed. */
@ApiTags('administration')
@Controller('admin/audit')
export class AuditController {
  constructor(
    private readonly store: AuditStore,
    private readonly audit: AuditLog,
  ) {}

  @Get()
  @Access('administrator', { scope: 'admin' })
  @ApiOperation({ operationId: 'listAudit', summary: 'Read the audit log, the newest entry first' })
  @ApiQuery({ name: 'actor', required: false, schema: { type: 'string', format: 'uuid' }, description: 'Only what this person did.' })
  @ApiQuery({ name: 'action', required: false, type: String, description: 'Only this: `session.create`.' })
  @ApiQuery({ name: 'from', ...DATE })
  @ApiQuery({ name: 'to', ...DATE, description: 'Before this moment.' })
  @ApiQuery(CURSOR)
  @ApiQuery(LIMIT)
  @ApiOkResponse({ type: AuditPageDto })
  @Refuses('invalid_cursor', 'invalid_value', 'too_long', 'nul_character', 'lone_surrogate', ...STORAGE)
  async list(@QueryParameters() query: Query): Promise<Page<AuditEntry>> {
    const limit = limitOf(query);
    const before = placeOf(query);
    const rows = await this.store.page({ ...auditQuestion(query), limit: limit + 1, ...(before === undefined ? {} : { before }) });
    return pageOf(
      rows,
      limit,
      (row) => row,
      (last) => writeCursor([last.id]),
    );
  }

  @Get('export')
  @Access('administrator', { scope: 'admin' })
  @ApiOperation({ operationId: 'exportAudit', summary: 'Take the whole audit log along: one entry a line as JSON, the oldest first' })
  @ApiExtraModels(AuditEntryDto)
  @ApiOkResponse({ content: { [LINES]: { schema: { $ref: getSchemaPath(AuditEntryDto) } } }, description: 'Each line is an entry.' })
  @Refuses(...STORAGE)
  async export(@Asker() asker: Requester): Promise<StreamableFile> {
    await this.audit.record(asker, { action: 'audit.export' });
    const name = `echov2-audit-${new Date().toISOString().slice(0, 10)}.jsonl`;
    return new StreamableFile(Readable.from(this.lines()), { type: LINES, disposition: `attachment; filename="${name}"` });
  }

  private async *lines(): AsyncIterable<string> {
    for (let after = 0; ;) {
      const page = await this.store.after(after, PAGE);
      yield page.map((entry) => `${JSON.stringify(entry)}\n`).join('');
      if (page.length < PAGE) return;
      after = page.at(-1)?.id ?? after;
    }
  }
}

function placeOf(query: Query): number | undefined {
  const parts = readCursor(query);
  if (parts === undefined) return undefined;
  const [id] = parts;
  if (typeof id !== 'number' || !Number.isSafeInteger(id) || id < 1) throw badCursor();
  return id;
}
