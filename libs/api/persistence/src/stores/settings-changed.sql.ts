/** The channel on which replicas tell each other that an administrator changed a setting. */
export const SETTINGS_CHANNEL = 'echo_settings';

/** Makes a statement that changes settings tell everybody. `changed` is the name of its part that returns a row for each change. */
export const settingsChanged = (changed: string): string => `
  bumped as (update settings_version set version = version + 1 where exists (select 1 from ${changed}) returning version),
  told as (select pg_notify('${SETTINGS_CHANNEL}', version::text) from bumped)`;
