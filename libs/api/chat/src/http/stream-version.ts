import { type VersioningOptions, VersioningType, VERSION_NEUTRAL } from '@nestjs/common';
import { type Request } from 'express';

/** Two handlers share a path: one streams, one gives JSON. Which one is meant stands in the body, so Nest's versioning chooses by it. */
export const STREAM_VERSION = 'stream';

export const streamVersioning: VersioningOptions = {
  type: VersioningType.CUSTOM,
  defaultVersion: VERSION_NEUTRAL,
  extractor: (request: unknown) => {
    const body: unknown = (request as Request).body;
    return typeof body === 'object' && body !== null && 'stream' in body && body.stream === true ? STREAM_VERSION : 'json';
  },
};
