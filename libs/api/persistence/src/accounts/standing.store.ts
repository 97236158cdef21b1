import { type Role } from '@echo/contract';
import { Injectable } from '@nestjs/common';
import { Database } from '../database';

/** Tells which sessions and keys are still good, many at a time: for requests that stay open. */
@Injectable()
export class StandingStore {
  constructor(private readonly database: Database) {}

  /** Id of each session and key that is still good → the role that it gives. */
  async roles(sessionIds: readonly string[], keyIds: readonly string[]): Promise<ReadonlyMap<string, Role>> {
    const rows = await this.database.query<{ id: string; role: Role }>(
      `select s.id::text as id, u.role from session s join app_user u on u.id = s.user_id
       where s.id = any($1::uuid[]) and u.status = 'active' and s.expires_at > now()
       union all
       select k.id, u.role from api_key k join app_user u on u.id = k.user_id
       where k.id = any($2::text[]) and u.status = 'active' and k.expires_at > now()`,
      [sessionIds, keyIds],
    );
    return new Map(rows.map(({ id, role }) => [id, role]));
  }
}
