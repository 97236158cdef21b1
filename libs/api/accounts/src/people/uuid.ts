import { Refusal } from '@echo/api-security';
import { Injectable, type PipeTransform } from '@nestjs/common';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether the database takes a text for an id. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}

/** An id in a path. What cannot be one is not found. */
@Injectable()
export class UuidPipe implements PipeTransform<string, string> {
  transform(text: string): string {
    if (!isUuid(text)) throw nothingThere();
    return text.toLowerCase();
  }
}

export function nothingThere(): Refusal {
  return new Refusal('not_found', 'There is nothing with this id, or it is not yours.');
}
