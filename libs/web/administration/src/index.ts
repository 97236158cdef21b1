export { MODEL_SETTINGS } from './administration-routes';
