import { type Allowance } from '@echo/contract';
import { Injectable } from '@nestjs/common';
import { Database } from '../database';
import { type AllowanceRow, allowancesOf, type PersonalLimits, STANDING } from './take-allowance';

/** What people may still do. It is taken where a run is accepted. */
@Injectable()
export class AllowanceStore {
  constructor(private readonly database: Database) {}

  async look(ownerId: string, limits: PersonalLimits): Promise<readonly Allowance[]> {
    const [row] = await this.database.query<AllowanceRow>(STANDING, [ownerId, limits.bucket]);
    return allowancesOf(limits, row ?? { live: 0, used: null, seconds: null });
  }
}
