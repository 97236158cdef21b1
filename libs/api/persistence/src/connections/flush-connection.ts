import { OwnConnection } from './own-connection';

/** The connection of the group commit. Answers go on while the pool is exhausted by other questions. */
export class FlushConnection extends OwnConnection {}
