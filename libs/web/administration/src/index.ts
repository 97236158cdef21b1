export { MODEL_SETTINGS, USAGE } from './administration-routes';
