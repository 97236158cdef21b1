import { Refusal } from '@echo/api-security';
import { Injectable, type PipeTransform } from '@nestjs/common';
import { isRowId } from '../ids';
import { isRunId } from '../runs/run-id';

/** The id of a conversation in a path. What cannot be one is not found. */
@Injectable()
export class ConversationId implements PipeTransform<string, number> {
  transform(text: string): number {
    return rowId(text, 'conversation');
  }
}

/** The id of a message in a path. */
@Injectable()
export class MessageId implements PipeTransform<string, number> {
  transform(text: string): number {
    return rowId(text, 'message');
  }
}

/** The id of a run in a path. */
@Injectable()
export class RunId implements PipeTransform<string, string> {
  transform(text: string): string {
    if (!isRunId(text)) throw new Refusal('run_not_found', 'There is no such run, or it is not yours.');
    return text.toLowerCase();
  }
}

function rowId(text: string, what: 'conversation' | 'message'): number {
  const id = /^[1-9][0-9]{0,15}$/.test(text) ? Number(text) : NaN;
  if (!isRowId(id)) throw new Refusal(`${what}_not_found`, `There is no such ${what}, or it is not yours.`);
  return id;
}
